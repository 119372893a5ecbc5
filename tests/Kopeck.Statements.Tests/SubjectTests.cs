using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Statements.Tests;

/// <summary>Whose statement it is: a wallet's, a customer's, or that of the one customer of a name.</summary>
public abstract class SubjectTests(StoreEngine engine)
{
    static readonly string[] CandidateMembers = ["id", "name", "code", "country", "city"];

    [Fact]
    public async Task A_name_finds_its_customer_whatever_its_case_and_accents()
    {
        await using var book = await TestBook.OpenAsync(engine);
        var (anna, _) = await book.RegisterAsync("Анна Кузнецова", "RU", "Казань", "EUR");
        var (zoe, _) = await book.RegisterAsync("Zoë Ångström", "SE", "Lund", "EUR");
        foreach (var (name, customer)
            in new[]
            {
                ("Анна Кузнецова", anna),
                ("анна кузнецова", anna),
                ("АННА", anna),
                ("zoe angstrom", zoe),
                ("ZOË", zoe),
                ("z", zoe)
            })
        {
            var reply = (await book.GetAsync($"/v1/reports/operations?name={Uri.EscapeDataString(name)}")).MustBe(200);
            Assert.Equal(customer, reply.Json.GetProperty("customer").GetProperty("id").GetString());
            Assert.Equal((await book.GetAsync($"/v1/customers/{customer}/statement")).Text, reply.Text);
        }

        foreach (var name in new[] { "Кузнецова", "%", "Zo_", "nobody" })
            (await book.GetAsync($"/v1/reports/operations?name={Uri.EscapeDataString(name)}")).MustBe(404, "not_found");
    }

    [Fact]
    public async Task A_name_of_several_is_refused_with_all_of_them()
    {
        await using var book = await TestBook.OpenAsync(engine);
        var (first, _) = await book.RegisterAsync("Ann Lee", "GB", "Leeds", "EUR", "ann-1");
        var (second, _) = await book.RegisterAsync("ANN LÉE", "IE", "Cork", "EUR");
        var (longer, _) = await book.RegisterAsync("Ann Leeds", "GB", "York", "EUR");
        foreach (var format in new[] { "json", "csv", "xlsx" })
        {
            var reply = (await book.GetAsync($"/v1/reports/operations?name=ann%20lee&format={format}")).MustBe(409, "ambiguous_name");
            Assert.Equal(
                [$"{first} Ann Lee ann-1 GB Leeds", $"{second} ANN LÉE  IE Cork"],
                reply.Json.GetProperty("candidates").EnumerateArray()
                    .Select(candidate => string.Join(' ', CandidateMembers.Select(member => candidate.GetProperty(member).GetString()))));
        }

        // The start of a name is as clear as there is one whose name starts so; a whole name wins over longer ones.
        Assert.Equal(
            3,
            (await book.GetAsync("/v1/reports/operations?name=an")).MustBe(409, "ambiguous_name").Json.GetProperty("candidates")
                .GetArrayLength());
        Assert.Equal(
            longer,
            (await book.GetAsync("/v1/reports/operations?name=ann%20leed")).MustBe(200).Json.GetProperty("customer").GetProperty("id")
                .GetString());
        await book.DoAsync("PATCH", $"/v1/customers/{second}", """{"name": "Another"}""");
        Assert.Equal(
            first,
            (await book.GetAsync("/v1/reports/operations?name=ann%20lee")).MustBe(200).Json.GetProperty("customer").GetProperty("id")
                .GetString());
    }

    [Fact]
    public async Task A_name_of_very_many_is_refused_with_some_of_them()
    {
        await using var book = await TestBook.OpenAsync(engine);
        for (var index = 0; index < 22; index++)
            await book.PostAsync("/v1/customers", """{"name": "Maria", "country": "ES", "city": "Vigo"}""");
        var reply = (await book.GetAsync("/v1/reports/operations?name=maria")).MustBe(409, "ambiguous_name");
        Assert.Equal(20, reply.Json.GetProperty("candidates").GetArrayLength());
        Assert.StartsWith("More than 20", reply["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_namesake_who_comes_later_does_not_make_a_past_name_ambiguous()
    {
        await using var book = await TestBook.OpenAsync(engine);
        var (_, wallet) = await book.RegisterAsync("Ann Lee", "GB", "Leeds", "EUR");
        var pin = await book.DepositAsync(wallet, "1");
        var before = (await book.GetAsync($"/v1/reports/operations?name=ann&at={pin}")).MustBe(200).Text;
        await book.RegisterAsync("Ann Lee", "GB", "York", "EUR");
        (await book.GetAsync("/v1/reports/operations?name=ann")).MustBe(409, "ambiguous_name");
        Assert.Equal(before, (await book.GetAsync($"/v1/reports/operations?name=ann&at={pin}")).MustBe(200).Text);
    }

    [Fact]
    public async Task At_a_past_number_a_name_is_whose_it_was_then()
    {
        await using var book = await TestBook.OpenAsync(engine);
        var (customer, wallet) = await book.RegisterAsync("Ann Lee", "GB", "Leeds", "EUR");
        var pin = await book.DepositAsync(wallet, "1");
        var before = (await book.GetAsync($"/v1/reports/operations?name=ann%20lee&at={pin}")).MustBe(200).Text;
        await book.DoAsync("PATCH", $"/v1/customers/{customer}", """{"name": "Mary Hill"}""");
        var (later, other) = await book.RegisterAsync("Ann Lee", "GB", "York", "EUR");
        var head = await book.DepositAsync(other, "2");

        Assert.Equal(before, (await book.GetAsync($"/v1/reports/operations?name=ann%20lee&at={pin}")).MustBe(200).Text);
        (await book.GetAsync($"/v1/reports/operations?name=mary%20hill&at={pin}")).MustBe(404, "not_found");
        Assert.Equal(
            later,
            (await book.GetAsync($"/v1/reports/operations?name=ann%20lee&at={head}")).MustBe(200).Json.GetProperty("customer")
                .GetProperty("id").GetString());
        Assert.Equal(
            customer,
            (await book.GetAsync($"/v1/reports/operations?name=mary%20hill&at={head}")).MustBe(200).Json.GetProperty("customer")
                .GetProperty("id").GetString());
        await book.DoAsync("DELETE", $"/v1/customers/{customer}/personal-data", "");
        (await book.GetAsync($"/v1/reports/operations?name=ann%20lee&at={pin}")).MustBe(404, "not_found");
    }

    [Fact]
    public async Task Only_wallets_and_customers_of_the_callers_book_have_statements()
    {
        await using var book = await TestBook.OpenAsync(engine);
        var story = await Story.TellAsync(book);
        foreach (var id in new[] { "999", "0", "-1", "07", "x", story.Anna, story.Fees, "8", "9223372036854775807", "9223372036854775808" })
            (await book.GetAsync($"/v1/wallets/{id}/statement")).MustBe(404, "not_found");
        foreach (var id in new[] { "999", "0", "x", story.Euro, story.Fees, "1" })
            (await book.GetAsync($"/v1/customers/{id}/statement")).MustBe(404, "not_found");
        (await book.GetAsync("/v1/reports/operations")).MustBe(400, "invalid_query", "name:required");
        (await book.GetAsync("/v1/reports/operations?name=")).MustBe(400, "invalid_query", "name:empty");
        (await book.GetAsync("/v1/reports/other")).MustBe(404, "route_not_found");
    }

    [Fact]
    public async Task A_customer_without_a_wallet_has_an_empty_statement()
    {
        await using var book = await TestBook.OpenAsync(engine);
        var customer = (await book.PostAsync("/v1/customers", """{"name": "Ann", "country": "DE", "city": "Bonn"}"""))["id"];
        foreach (var format in new[] { "json", "ndjson", "csv", "xml", "xlsx" })
            (await book.GetAsync($"/v1/customers/{customer}/statement?format={format}")).MustBe(200);
        Assert.Equal(0, (await book.GetAsync($"/v1/customers/{customer}/statement")).Json.GetProperty("accounts").GetArrayLength());
    }
}

public sealed class SqliteSubjectTests() : SubjectTests(StoreEngine.Sqlite);

public sealed class PostgresSubjectTests() : SubjectTests(StoreEngine.Postgres);
