using Kopeck.Api;

namespace Kopeck.Server.OpenApi;

/// <summary>How the document calls the calls, and in which order it tells them.</summary>
static class CallNames
{
    static readonly (string Tag, string Description, string[] Paths)[] Groups =
    [
        ("Book", "The key's book: its terms, and where its journal stands", ["book"]),
        ("Reference", "Currencies, countries and cities", ["currencies", "countries", "cities"]),
        ("Quotes", "What currencies are worth in the book's base currency", ["quotes"]),
        ("Customers", "Who holds wallets", ["customers"]),
        ("Accounts", "Wallets and the house's own accounts", ["wallets", "accounts"]),
        ("Money", "Moving money: each needs an idempotency key", ["deposits", "withdrawals", "transfers", "postings"]),
        ("Holds", "Reserving money until it is captured, released or expires", ["holds"]),
        ("Batches", "Many requests together", ["batches"]),
        ("Journal", "Every operation, and taking one back", ["operations", "journal"]),
        ("Statements", "An account's movements of a period, in many formats", []),
        ("Reports", "The whole book's figures", ["reports"]),
        ("Keys", "API keys of the book", ["keys"]),
        ("Books", "For the operator's key: independent ledgers", ["books"]),
    ];

    static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["Withdrawal"] = "withdraw",
        ["Posting"] = "post",
        ["Batch"] = "submitBatch",
        ["Watch"] = "followJournal",
        ["OpenAccount"] = "openInternalAccount",
        ["WalletStatement"] = "getWalletStatement",
        ["AccountStatement"] = "getAccountStatement",
        ["CustomerStatement"] = "getCustomerStatement",
        ["OperationsReport"] = "getStatementByName",
        ["TrialBalance"] = "getTrialBalance",
        ["ExchangeReport"] = "getExchangePositions",
        ["Turnover"] = "getTurnover",
        ["PostingsReport"] = "getPostings",
    };

    /// <summary>The tags, in order.</summary>
    public static IEnumerable<(string Tag, string Description)> Tags => Groups.Select(group => (group.Tag, group.Description));

    /// <summary>A call's operationId: a verb and a thing.</summary>
    public static string IdOf(Call call)
    {
        var name = call.NewRequest().GetType().Name;
        name = name[..^"Request".Length];
        return Renamed.TryGetValue(name, out var renamed) ? renamed : char.ToLowerInvariant(name[0]) + name[1..];
    }

    public static string TagOf(Call call) => call.Segments[^1] == "statement" ? "Statements"
        : Groups.First(group => group.Paths.Contains(call.Segments[1], StringComparer.Ordinal)).Tag;

    /// <summary>The place of a call's tag.</summary>
    public static int PlaceOf(Call call) => Array.FindIndex(Groups, group => group.Tag == TagOf(call));

    /// <summary>
    /// A path as OpenAPI has it, which knows one template for paths that differ in their places' names only.
    /// </summary>
    public static string PathOf(Call call) => string.Join('/', call.Path.Split('/').Select(
        segment => segment is "{date}" or "{currency}" && call.Segments[1] == "quotes" ? "{dateOrCurrency}" : segment));
}
