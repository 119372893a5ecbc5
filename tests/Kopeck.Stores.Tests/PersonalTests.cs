using Kopeck.Engine.Reading;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Reference;
using Kopeck.Stores.Tests.Expected;
using Kopeck.Testing;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Stores.Tests;

/// <summary>Personal values: the newest counts, and an erasure takes all of them.</summary>
public abstract class PersonalTests(StoreEngine engine) : StoreTests(engine)
{
    [Fact]
    public async Task An_erasure_takes_every_value_there_ever_was_and_nothing_of_others()
    {
        var author = new BookAuthor();
        author.Open();
        author.Write(
            new RegisterCustomer(CountryCode.Parse("PT"), Details("Gone Completely", "Gonetown", "gone-1", """{"gone":1}"""), Currency("EUR")),
            new RegisterCustomer(CountryCode.Parse("PT"), Details("Here Always", "Herecity", "here", """{"here":1}"""), Currency("EUR")));
        author.Write(
            new ChangeCustomer(
                2, null, [Change(Tables.PersonalValues.Name, "Gone Renamed"), Change(Tables.PersonalValues.Code, "gone-2")]));
        author.Write(new Deposit(3, Amount("5"), null));
        await CommitAllAsync(author);
        Assert.Equal(2, Dump().Count(row => row.Contains("Gone", StringComparison.Ordinal)));

        var erasure = author.Write(new EraseCustomer(2));
        Assert.True(await Store.CommitAsync(erasure, null));

        Assert.DoesNotContain(Dump(), row => row.Contains("gone", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(
            "Here Always",
            Assert.Single(
                (
                    await Store.ListCustomersAsync(
                        Main, new CustomerFilter(NamePrefix: ""), new PageRequest(null, true, 9), Token)).Value.Items,
                customer => !customer.IsErased).Details!.Name.Value);
        Assert.Empty(
            (
                await Store.ListCustomersAsync(
                    Main, new CustomerFilter(NamePrefix: "gone"), new PageRequest(null, true, 9), Token)).Value.Items);
        Assert.True((await Store.GetCustomerAsync(Main, 2, Token)).Value!.IsErased);
        Assert.Null((await Store.GetOperationAsync(Main, 2, Token))!.Personal);
        Assert.Equal(5_00, (await Store.GetAccountAsync(Main, 3, null, Token)).Value!.Posted);
        await RequireSoundAsync(author);
    }

    [Fact]
    public async Task A_code_that_an_erasure_freed_is_taken_again_in_the_same_batch()
    {
        var author = new BookAuthor();
        author.Open();
        author.Write(new RegisterCustomer(CountryCode.Parse("PT"), Details("First", code: "taken"), null));
        await CommitAllAsync(author);
        Assert.True(
            await Store.CommitAsync(
                author.Write(new EraseCustomer(2), new RegisterCustomer(CountryCode.Parse("PT"), Details("Second", code: "taken"), null)),
                null));
        Assert.Equal(
            "Second",
            Assert.Single(
                (
                    await Store.ListCustomersAsync(
                        Main, new CustomerFilter(Code: CustomerCode.Parse("taken")), new PageRequest(null, true, 9),
                        Token)).Value.Items).Details!.Name.Value);
        await RequireSoundAsync(author);
    }

    [Fact]
    public async Task A_code_that_wanders_between_customers_in_one_batch_ends_where_it_was_last()
    {
        var author = new BookAuthor();
        author.Open();
        author.Write(
            Enumerable.Range(0, 3)
                .Select(
                    index =>
                        (Command)new RegisterCustomer(CountryCode.Parse("PT"), Details($"Customer {index}", code: $"code-{index}"), null))
                .ToList());
        await CommitAllAsync(author);
        // 0 gives its code to 1, which gives its own to 2, which gives its own to 0: around in one batch.
        Assert.True(await Store.CommitAsync(
            author.Write(
                Recode(2, null), Recode(3, "code-0"), Recode(4, "code-1"), Recode(2, "code-2"), Recode(3, "x"), Recode(4, "code-0"),
                Recode(3, "code-1")),
            null));
        var codes = (
            await Store.ListCustomersAsync(
                Main, new CustomerFilter(), new PageRequest(null, true, 9), Token)).Value.Items.Select(customer =>
                customer.Details!.Code!.Value.Value);
        Assert.Equal(["code-2", "code-1", "code-0"], codes);
        await RequireSoundAsync(author);
    }

    [Fact]
    public async Task A_customer_comes_and_goes_in_one_batch_and_leaves_no_value()
    {
        var author = new BookAuthor();
        author.Open();
        author.Write(
            new RegisterCustomer(CountryCode.Parse("PT"), Details("Brief Guest", code: "guest"), Currency("EUR")),
            new ChangeCustomer(2, CountryCode.Parse("DE"), [Change(Tables.PersonalValues.Name, "Brief Renamed")]),
            new EraseCustomer(2));
        await CommitAllAsync(author);
        Assert.DoesNotContain(Dump(), row => row.Contains("Brief", StringComparison.OrdinalIgnoreCase));
        await RequireSoundAsync(author);
    }

    [Fact]
    public async Task Many_are_erased_in_one_batch_among_thousands()
    {
        var author = new BookAuthor();
        author.Open();
        author.Write(
            [
                .. Enumerable.Range(0, 2_000)
                    .Select(
                        index =>
                            new RegisterCustomer(
                                CountryCode.Parse("PT"), Details($"{(index % 2 == 0 ? "Erased" : "Kept")} {index}", code: $"c{index}"),
                                null))]);
        var ids = author.State.Customers.Where(customer => customer.Details!.Name.Value.StartsWith("Erased", StringComparison.Ordinal))
            .Select(customer => customer.Id).ToList();
        author.Write([.. ids.Select(id => new ChangeCustomer(id, null, [Change(Tables.PersonalValues.City, "Erasedville")]))]);
        author.Write([.. ids.Select(id => new EraseCustomer(id))]);
        await CommitAllAsync(author);
        Assert.DoesNotContain(Dump(), row => row.Contains("Erased", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(
            1_000,
            (
                await Store.ListCustomersAsync(
                    Main, new CustomerFilter(NamePrefix: "kept"), new PageRequest(null, true, 1_000), Token)).Value.Items.Count);
        await RequireSoundAsync(author);
    }

    [Fact]
    public async Task Customers_are_found_by_the_name_that_they_had_at_any_number()
    {
        string[] names = ["Ann", "ANN", "Ann Lee", "Änn", "Bob", "Zoë, Ltd.", "Аня"];
        var random = new Random(TestSeed.Next());
        var author = new BookAuthor();
        author.Open();
        for (var turn = 0; turn < 60; turn++)
        {
            var customers = author.State.Customers.Where(customer => !customer.IsErased).Select(customer => customer.Id).Order().ToList();
            var name = names[random.Next(names.Length)];
            // Who is called what he was called already does not change.
            author.WriteAccepted([() => (customers.Count < 3 ? 0 : random.Next(8)) switch
            {
                < 2 => new RegisterCustomer(CountryCode.Parse("PT"), Details(name, "Lisboa"), null),
                < 5 => new ChangeCustomer(customers[random.Next(customers.Count)], null, [Change(Tables.PersonalValues.Name, name)]),
                < 7 =>
                    new ChangeCustomer(customers[random.Next(customers.Count)], null, [Change(Tables.PersonalValues.City, $"City {turn}")]),
                _ => new EraseCustomer(customers[random.Next(customers.Count)]),
            }]);
        }

        await CommitAllAsync(author);
        var found = 0;
        var values = new ExpectedBook(author.Batches).Operations.Where(operation => operation.Personal is not null).ToList();
        for (var at = 0L; at <= author.Last; at++)
        {
            var then = values.Where(operation => operation.Number <= at)
                .GroupBy(
                    operation => operation.Personal!.Customer,
                    (customer, changes) =>
                        (Customer: customer, changes.Last().Number, Name: TextFold.Fold(changes.Last().Personal!.Details.Name.Value)))
                .ToList();
            foreach (var (asked, isPrefix)
                in names.Select(name => (name, false))
                    .Concat([("an", true), ("ann l", true), ("", true), ("ann", true), ("nobody", false), ("_nn", true)]))
            {
                var folded = TextFold.Fold(asked);
                var expected = then.Where(one => isPrefix ? one.Name.StartsWith(folded, StringComparison.Ordinal) : one.Name == folded)
                    .OrderBy(one => one.Name, StringComparer.Ordinal).ThenBy(one => one.Number).Select(one => one.Customer).ToList();
                Assert.Equal(expected, await Store.FindCustomersByNameAsync(Main, asked, isPrefix, at, 100, Token));
                Assert.Equal(expected.Take(2), await Store.FindCustomersByNameAsync(Main, asked, isPrefix, at, 2, Token));
                found += expected.Count;
            }
        }

        Assert.True(found > 100, $"{found} found");
    }

    async Task RequireSoundAsync(BookAuthor author)
    {
        var expected = new ExpectedBook(author.Batches);
        Assert.Equal(Show.Of(expected.Operations.Take(1_000)), Show.Of(await Store.ReadJournalAsync(Main, 0, 1_000, Token)));
        Assert.Equal(
            expected.Customers(new()).Take(1_000),
            (await Store.ListCustomersAsync(Main, new CustomerFilter(), new PageRequest(null, true, 1_000), Token)).Value.Items);
        var result = Verifier.Verify(Database.Ledger.OpenForVerification(), Main, (author.Last, author.Row!.Head.Hash));
        Assert.True(result.Finding is null, result.Finding?.ToString());
    }

    static ChangeCustomer Recode(long customer, string? code) => new(customer, null, [Change(Tables.PersonalValues.Code, code)]);
}
