using System.Globalization;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;
using Kopeck.Stores.Tests.Expected;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Stores.Tests;

/// <summary>What goes in comes out to the last bit: large batches, the ends of 64 bits, texts of every kind.</summary>
public abstract class ContentTests(StoreEngine engine) : StoreTests(engine)
{
    /// <summary>Texts that databases and drivers stumble over. None has a control character or U+0000: no field allows them.</summary>
    public static TheoryData<string> Texts { get; } =
    [
        "'; DROP TABLE entries; --", "\"quoted\" \\ back\\\\slash \\x41 \\u0041", "{a,b}", "{\"a\",NULL}", "NULL", "null", "(1,2)",
        "a,b;c\\N", "$1 ?1 :name @name %s {0}",
        "100% _x_", "é e", "Ǆ ǆ ß ẞ ı İ", "日本語 עברית العربية ไทย", "😀👨‍👩‍👧‍👦🏴", "𝒜𐍈𠀀", "a\u0323\u0302b", "x\u00A0inner\u00A0nbsp\u00A0x",
        "ZWJ\u200Dx\u200Cy", "\uE000private\U000F0000", "\U0010FFFD last",
    ];

    [Fact]
    public async Task A_batch_of_ten_thousand_operations_is_written_and_read_back()
    {
        var author = new BookAuthor();
        author.Open();
        author.Write(
            [
                .. Enumerable.Range(0, 200)
                    .Select(
                        index =>
                            new RegisterCustomer(
                                CountryCode.Parse("PT"), Details($"Customer {index}", code: $"c{index}"), Currency("EUR")))]);
        var wallets = author.State.Accounts.Where(account => account.Kind == AccountKind.Wallet).Select(account => account.Id).ToList();
        author.Write([.. wallets.Select(wallet => new Deposit(wallet, Amount("100000"), null))]);
        var random = new Random(5);
        author.Write(
            [
                .. Enumerable.Range(0, 10_000)
                    .Select(
                        index =>
                            new TransferMoney(
                                wallets[random.Next(100)], wallets[100 + random.Next(100)], Amount("0.01"),
                                null) { Description = Description.Parse($"number {index}") })]);
        Assert.Equal(10_000, author.Batches[^1].Operations.Count);
        await CommitAllAsync(author);

        var read = new List<Operation>();
        while (await Store.ReadJournalAsync(Main, read.Count, 3_000, Token) is { Count: > 0 } page)
            read.AddRange(page);
        Assert.Equal(Show.Of(new ExpectedBook(author.Batches).Operations), Show.Of(read));
        var result = Verifier.Verify(Database.Ledger.OpenForVerification(), Main, (author.Last, author.Row!.Head.Hash));
        Assert.True(result.Finding is null, result.Finding?.ToString());
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(1_000_000_000_000_000)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Amounts_and_balances_reach_the_ends_of_64_bits(long amount)
    {
        var author = new BookAuthor();
        author.Open();
        author.Write(
            new OpenInternalAccount(AccountCode.Parse("one"), Currency("EUR"), null),
            new OpenInternalAccount(AccountCode.Parse("two"), Currency("EUR"), null));
        await CommitAllAsync(author);
        var (one, two) = (author.Last - 1, author.Last);

        // No rule lets this happen at once; a store does not judge.
        var entries = new[]
        {
            new Entry(one, Currency("EUR"), amount, amount),
            new Entry(two, Currency("EUR"), unchecked(-amount), unchecked(-amount))
        };
        var draft = new Draft(new Posted([new PostedLeg(two, one, 1, Currency("EUR"))], null, null)) { Entries = [.. entries] };
        var operation = JournalWriter.Seal(
            Main, author.Row!.Secret, author.Row.Head, [draft], author.At, new Origin(KeyName.Parse("x"), null, default))[0];
        var rows = new BatchRows { Expected = author.Row, Next = author.Row with { Head = operation.Head } };
        rows.Operations.Add(operation);
        rows.Entries.AddRange(
            entries.Select((entry, place) => new EntryRow(entry.Account, operation.Number, place, entry.Amount, entry.Balance)));
        rows.ChangedAccounts.AddRange(
            entries.Select(entry => author.State.FindAccount(entry.Account)! with { Posted = entry.Balance, Floor = unchecked(-amount) }));
        rows.HoldEntries.AddRange(
            entries.Select(entry => new HoldEntryRow(entry.Account, operation.Number, 0, one, unchecked(-amount), amount)));
        rows.AccountChanges.Add(new AccountChangeRow(one, operation.Number, AccountStatus.DebitsFrozen, amount));
        Assert.True(await Store.CommitAsync(rows, null));

        Assert.Equal(Show.Of(operation), Show.Of(await Store.GetOperationAsync(Main, operation.Number, Token)));
        var left = rows.ChangedAccounts.ConvertAll(account => account with { Held = amount });
        Assert.Equal(
            left,
            (
                await Store.ListAccountsAsync(
                    Main, new AccountFilter(AccountKind.Internal), new PageRequest(null, true, 10), Token)).Value.Items);
        var needs = new Needs();
        needs.Accounts.UnionWith([one, two]);
        Assert.Equal(left, (await Store.LookUpAsync(Main, needs, Token)).Facts.Accounts.OrderBy(account => account.Id));
        // And in the past, when more has happened since.
        var next = operation with { Number = operation.Number + 1, Entries = [] };
        var later = new BatchRows { Expected = rows.Next, Next = rows.Next with { Head = next.Head } };
        later.Operations.Add(next);
        Assert.True(await Store.CommitAsync(later, null));
        var past = (await Store.GetAccountAsync(Main, one, operation.Number, Token)).Value!;
        Assert.Equal((amount, amount, (long?)amount, AccountStatus.DebitsFrozen), (past.Posted, past.Held, past.Floor, past.Status));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Texts_come_back_to_the_last_code_point(string text)
    {
        var code = text.Length > 60 ? text[..60] : text;
        var json = $$"""{"text":"{{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}}"}""";
        var author = new BookAuthor();
        author.Open();
        author.Write(new RegisterCustomer(CountryCode.Parse("PT"), Details(text, text, code, json), Currency("EUR")));
        var customer = author.Last - 1;
        author.Write(new OpenWallet(customer, Currency("EUR"), AccountCode.Parse(code)));
        author.Write(
            new Deposit(author.Last, Amount("1"), null) { Description = Description.Parse(text), Metadata = Metadata.Parse(json) });
        await CommitAllAsync(author);
        await RequireSameAsync(author);
        Assert.Equal(
            customer,
            Assert.Single(
                (
                    await Store.ListCustomersAsync(
                        Main, new CustomerFilter(Code: CustomerCode.Parse(code)), new PageRequest(null, true, 5), Token)).Value.Items).Id);
        Assert.Equal(
            customer,
            Assert.Single(
                (
                    await Store.ListCustomersAsync(
                        Main, new CustomerFilter(NamePrefix: text), new PageRequest(null, true, 5), Token)).Value.Items).Id);
        Assert.Equal(
            AccountCode.Parse(code),
            Assert.Single(
                (
                    await Store.ListAccountsAsync(
                        Main, new AccountFilter(Code: AccountCode.Parse(code)), new PageRequest(null, true, 5), Token)).Value.Items).Code);
    }

    [Fact]
    public async Task Texts_of_the_greatest_length_fit()
    {
        var author = new BookAuthor();
        author.Open();
        // The longest in code points, in UTF-16 and in UTF-8 at once.
        string Long(int length) => string.Concat(Enumerable.Repeat("𠀀", length));
        var metadata = $$"""{"k":"{{Long(Metadata.MaxLength - 8)}}"}""";
        author.Write(
            new RegisterCustomer(
                CountryCode.Parse("PT"),
                Details(Long(CustomerName.MaxLength), Long(CityName.MaxLength), Long(CustomerCode.MaxLength), metadata), Currency("EUR")));
        author.Write(new OpenWallet(author.Last - 1, Currency("EUR"), AccountCode.Parse(Long(AccountCode.MaxLength))));
        author.Write(
            new Deposit(author.Last, Amount("1"), null)
            {
                Description = Description.Parse(Long(Description.MaxLength)),
                Metadata = Metadata.Parse(metadata)
            });
        await CommitAllAsync(author);
        await RequireSameAsync(author);
    }

    [Fact]
    public async Task An_operation_of_a_thousand_legs_fits()
    {
        var author = new BookAuthor();
        author.Open();
        author.Write(
            new OpenInternalAccount(AccountCode.Parse("one"), Currency("EUR"), null),
            new OpenInternalAccount(AccountCode.Parse("two"), Currency("EUR"), null));
        author.Write(
            new PostLegs(
                [
                    .. Enumerable.Range(1, PostLegs.MaxLegs)
                        .Select(leg => new Leg(2, 3, Amount(leg.ToString(CultureInfo.InvariantCulture))))]));
        await CommitAllAsync(author);
        await RequireSameAsync(author);
    }

    [Fact]
    public async Task Numbers_and_instants_reach_their_ends()
    {
        var author = new BookAuthor();
        author.Open(quoteMaxAgeDays: 3_650);
        author.At = Ledger.Instant.Max with { Microseconds = Ledger.Instant.Max.Microseconds - 1_000_000 };
        author.Write(new OpenInternalAccount(AccountCode.Parse("end"), Currency("EUR"), null));
        await CommitAllAsync(author);
        await RequireSameAsync(author);
        Assert.Equal(Ledger.Instant.Max, (await Store.FindBookAsync(Main, Token))!.Head.At);
    }

    async Task RequireSameAsync(BookAuthor author)
    {
        var expected = new ExpectedBook(author.Batches);
        Assert.Equal(Show.Of(expected.Operations), Show.Of(await Store.ReadJournalAsync(Main, 0, 1_000, Token)));
        var customers = await Store.ListCustomersAsync(Main, new CustomerFilter(), new PageRequest(null, true, 100), Token);
        Assert.Equal(expected.Customers(new CustomerFilter()), customers.Value.Items);
        var accounts = await Store.ListAccountsAsync(Main, new AccountFilter(), new PageRequest(null, true, 100), Token);
        Assert.Equal(expected.Accounts(new AccountFilter()), accounts.Value.Items);
        var result = Verifier.Verify(Database.Ledger.OpenForVerification(), Main);
        Assert.True(result.Finding is null, result.Finding?.ToString());
    }
}
