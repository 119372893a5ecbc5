using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;

namespace Kopeck.Embedded;

/// <summary>In which order a list comes.</summary>
public enum ListOrder
{
    /// <summary>The newest first, as if left out.</summary>
    NewestFirst,

    /// <summary>The oldest first.</summary>
    OldestFirst,
}

/// <summary>A page of a list.</summary>
public record ListQuery
{
    /// <summary>How many items, 1 to 1,000; 50 if left out.</summary>
    public int? Limit { get; init; }

    /// <summary>Newest first if left out.</summary>
    public ListOrder? Order { get; init; }

    /// <summary>The <see cref="LedgerPage{T}.Next"/> of the page before.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Which customers to list.</summary>
public sealed record CustomerQuery : ListQuery
{
    /// <summary>What the name starts with; case and accents are ignored.</summary>
    public string? Name { get; init; }

    /// <summary>Your own id of the customer.</summary>
    public string? Code { get; init; }

    /// <summary>Where the customer lives.</summary>
    public string? Country { get; init; }
}

/// <summary>Which accounts to list.</summary>
public sealed record AccountQuery : ListQuery
{
    /// <summary>What the account is for.</summary>
    public AccountKind? Kind { get; init; }

    /// <summary>What the account holds.</summary>
    public string? Currency { get; init; }

    /// <summary>Your own name of the account.</summary>
    public string? Code { get; init; }

    /// <summary>The owner.</summary>
    public LedgerId? Customer { get; init; }
}

/// <summary>Which operations to list.</summary>
public sealed record OperationQuery : ListQuery
{
    /// <summary>Those that touched the account.</summary>
    public LedgerId? Account { get; init; }

    /// <summary>Those that touched the customer or one of its wallets.</summary>
    public LedgerId? Customer { get; init; }

    /// <summary>What they did.</summary>
    public OperationKind? Kind { get; init; }

    /// <summary>Those of the request with this idempotency key.</summary>
    public string? Key { get; init; }

    /// <summary>From this instant on.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Before this instant.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Which quotes of a currency to list.</summary>
public sealed record QuoteQuery : ListQuery
{
    /// <summary>From this date on.</summary>
    public LedgerDate? Since { get; init; }

    /// <summary>Before this date.</summary>
    public LedgerDate? Until { get; init; }
}
