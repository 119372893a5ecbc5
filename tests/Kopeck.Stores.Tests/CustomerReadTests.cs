using Kopeck.Engine.Reading;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Stores.Tests;

/// <summary>Customers by id and in lists; names by prefix, whatever their case, accents and script.</summary>
public abstract class CustomerReadTests(StoreEngine engine) : FilledStoreTests(engine)
{
    [Fact]
    public async Task Each_customer_is_read_as_it_is_now()
    {
        foreach (var customer in Expected.Customers(new()))
            Assert.Equal(new AsOf<Customer?>(customer, Expected.Head), await Store.GetCustomerAsync(Main, customer.Id, Token));
        Assert.Contains(Expected.Customers(new()), customer => customer.IsErased);
        foreach (var none in new[] { 0, 1, -1, Expected.Head + 1, long.MaxValue })
            Assert.Equal(new AsOf<Customer?>(null, Expected.Head), await Store.GetCustomerAsync(Main, none, Token));
        Assert.Equal(new AsOf<Customer?>(null, 0), await Store.GetCustomerAsync(BookName.Parse("nobody"), 2, Token));
    }

    [Fact]
    public async Task Customers_are_listed_by_every_filter_and_all_together()
    {
        string?[] prefixes =
        [
            null, "", "a", "A", "ann", "ÁNNA", "Änna m", "zo", "ZOË", "иван", "ИВАН П", "αλεξ", "Ἀλέξανδρος", "%", "_", "50%", "50_", "5",
            "田中", "𝒜", "a𝒜", "o'neill \\", "O'NEILL \\ \"B", "nobody"
        ];
        CountryCode?[] countries = [null, CountryCode.Parse("PT"), CountryCode.Parse("DE"), CountryCode.Parse("SE")];
        var codes = Expected.Customers(new()).Select(customer => customer.Details?.Code).OfType<CustomerCode>().Take(4)
            .Select(code => (CustomerCode?)code).Prepend(null).Append(CustomerCode.Parse("none")).ToList();
        var hits = 0;
        foreach (var prefix in prefixes)
        {
            foreach (var country in countries)
            {
                foreach (var code in codes)
                    hits += await RequireAsync(new CustomerFilter(prefix, code, country)) > 0 ? 1 : 0;
            }
        }

        Assert.True(hits > 30, $"only {hits} lists had anyone in them");
    }

    [Fact]
    public async Task A_prefix_means_itself_in_every_script()
    {
        string[] names =
        [
            "100%", "100% sure", "100 percent", "10_0", "1000", "a%", "a_b", "axb", "a\\b", "a\\%", "Straße", "STRASSE", "strasse 5",
            "Éclair", "e\u0301clair", "ECLAIR", "Łódź", "lodz", "İstanbul", "ıstanbul", "istanbul",
            "Σίσυφος", "ΣΊΣΥΦΟΣ", "σισυφοσ", "Ёлка", "елка", "Йод", "иод", "Ǆungla", "ﬁsh", "fish", "Ｆｕｌｌ", "full", "日本", "日本語", "😀 smile",
            "😁 grin", "\U0010FFFD end", "\uFFFD replacement", "\uD7FB hangul", "\uE000 private", "zz", "zzz", "Z",
        ];
        var author = new BookAuthor("names");
        author.Open();
        author.Write([.. names.Select(name => new RegisterCustomer(CountryCode.Parse("PT"), Details(name), null))]);
        await CommitAllAsync(author);
        var expected = new Tests.Expected.ExpectedBook(author.Batches);
        foreach (var prefix
            in names.SelectMany(name => new[] { name, name[..1], name.ToUpperInvariant(), name[..Math.Min(3, name.Length)] }).Append("%")
                .Append("_").Append("\\").Distinct(StringComparer.Ordinal))
        {
            // Half a surrogate pair is no prefix of anything.
            if (char.IsHighSurrogate(prefix[^1]))
                continue;
            var found = await Store.ListCustomersAsync(author.Book, new CustomerFilter(prefix), new PageRequest(null, true, 100), Token);
            Assert.Equal(
                expected.Customers(new CustomerFilter(prefix)).Select(customer => customer.Details!.Name.Value),
                found.Value.Items.Select(customer => customer.Details!.Name.Value));
        }

        // Not only what the fold says of itself.
        Assert.Equal(["100%", "100% sure"], await FindAsync(author, "100%"));
        Assert.Equal(["10_0"], await FindAsync(author, "10_"));
        Assert.Equal(["Straße", "STRASSE", "strasse 5"], await FindAsync(author, "strasse"));
        Assert.Equal(["Éclair", "éclair", "ECLAIR"], await FindAsync(author, "écl"));
        Assert.Equal(["Σίσυφος", "ΣΊΣΥΦΟΣ", "σισυφοσ"], await FindAsync(author, "ΣΙΣΥΦΟς"));
        Assert.Equal(["Ёлка", "елка"], await FindAsync(author, "ЕЛ"));
    }

    [Fact]
    public async Task Codes_are_told_apart_by_case_and_accent()
    {
        string[] codes = ["abc", "ABC", "äbc", "abc.", "ab", "ａｂｃ", "abс"];
        var author = new BookAuthor("codes");
        author.Open();
        author.Write([.. codes.Select(code => new RegisterCustomer(CountryCode.Parse("PT"), Details("Anna", code: code), null))]);
        author.Write([.. codes.Select(code => new OpenInternalAccount(AccountCode.Parse(code), Currency("EUR"), 0))]);
        await CommitAllAsync(author);
        foreach (var code in codes)
        {
            var customer = Assert.Single(
                (
                    await Store.ListCustomersAsync(
                        author.Book, new CustomerFilter(Code: CustomerCode.Parse(code)), new PageRequest(null, true, 10),
                        Token)).Value.Items);
            Assert.Equal(code, customer.Details!.Code!.Value.Value);
            var account = Assert.Single(
                (
                    await Store.ListAccountsAsync(
                        author.Book, new AccountFilter(Code: AccountCode.Parse(code)), new PageRequest(null, true, 10),
                        Token)).Value.Items);
            Assert.Equal(code, account.Code!.Value.Value);
        }
    }

    async Task<IEnumerable<string>> FindAsync(BookAuthor author, string prefix) =>
        (
            await Store.ListCustomersAsync(
                author.Book, new CustomerFilter(prefix), new PageRequest(null, true, 100), Token)).Value.Items.Select(customer =>
                customer.Details!.Name.Value);

    async Task<int> RequireAsync(CustomerFilter filter)
    {
        var expected = Expected.Customers(filter).ToList();
        await RequireListAsync(
            expected,
            async page =>
            {
                var found = await Store.ListCustomersAsync(Main, filter, page, Token);
                Assert.Equal(Expected.Head, found.Number);
                return found.Value;
            },
            filter.ToString());
        return expected.Count;
    }
}
