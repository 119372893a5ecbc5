namespace Kopeck.Parity.Tests.Driving;

/// <summary>
/// One thing that a caller may ask of a ledger, whatever the interface. Texts are as a caller writes them, also wrong ones; null is left
/// out.
/// </summary>
public abstract record Step
{
    /// <summary>The idempotency key.</summary>
    public string? Key { get; init; }

    /// <summary>Decide only.</summary>
    public bool DryRun { get; init; }

    /// <summary>Who asks.</summary>
    public Role Role { get; init; } = Role.Admin;
}

/// <summary>An API key's name, which is the actor of what it does, and what it may do: words of scopes, or none for the operator.</summary>
public sealed record Role(string Name, params string[] Scopes)
{
    public static Role Admin { get; } = new("admin", "admin");

    public static Role Operator { get; } = new("operator");

    public bool IsOperator => Scopes.Length == 0;
}

public sealed record RegisterCustomer(string? Name, string? Country, string? City) : Step
{
    public string? Code { get; init; }

    public string? Metadata { get; init; }

    public string? Currency { get; init; }
}

/// <param name="Clear">Fields that are cleared: in JSON they are null.</param>
public sealed record ChangeCustomer(string Customer, params string[] Clear) : Step
{
    public string? Name { get; init; }

    public string? Country { get; init; }

    public string? City { get; init; }

    public string? Code { get; init; }

    public string? Metadata { get; init; }
}

public sealed record EraseCustomer(string Customer) : Step;

public sealed record GetCustomer(string Customer) : Step;

public sealed record ListCustomers(string? Name = null, string? Code = null, string? Country = null) : ListStep;

public sealed record OpenWallet(string Customer, string? Currency, string? Code = null) : Step;

public sealed record OpenAccount(string? Code, string? Currency) : Step
{
    public string? Floor { get; init; }

    public bool NoFloor { get; init; }
}

public sealed record GetWallet(string Wallet, string? At = null) : Step;

/// <param name="At">A journal number, or an instant in RFC 3339.</param>
public sealed record GetAccount(string Account, string? At = null) : Step;

public sealed record ListWallets(string Customer) : ListStep;

public sealed record ListAccounts(string? Kind = null, string? Currency = null, string? Code = null, string? Customer = null) : ListStep;

/// <param name="What"><c>debits</c> or <c>all</c>.</param>
public sealed record Freeze(string Account, string? What) : Step;

public sealed record Unfreeze(string Account) : Step;

public sealed record Close(string Account) : Step;

/// <param name="Floor">Null removes it.</param>
public sealed record SetFloor(string Account, string? Floor) : Step;

/// <summary>Moves money; <see cref="Step.Key"/> is also an item's own key in a batch or a stream.</summary>
public abstract record MoneyStep : Step
{
    public string? Description { get; init; }

    public string? Metadata { get; init; }
}

public sealed record Deposit(string? Wallet, string? Amount, string? Currency = null) : MoneyStep;

public sealed record Withdraw(string? Wallet, string? Amount, string? Currency = null) : MoneyStep;

public sealed record Transfer(string? From, string? To, string? Amount, string? Currency = null) : MoneyStep;

public sealed record Post(params Leg[] Legs) : MoneyStep;

public sealed record Leg(string? From, string? To, string? Amount);

public sealed record PlaceHold(string? From, string? Amount, string? Currency = null) : MoneyStep
{
    public string? To { get; init; }

    public string? MaxAmount { get; init; }

    /// <summary>An instant in RFC 3339.</summary>
    public string? ExpiresAt { get; init; }

    public bool IsForever { get; init; }

    public int? Seconds { get; init; }
}

public sealed record IncreaseHold(string Hold, string? By = null, string? Amount = null, string? MaxAmount = null) : MoneyStep;

public sealed record ExtendHold(string Hold, int? Seconds = null) : MoneyStep
{
    /// <summary>An instant in RFC 3339.</summary>
    public string? ExpiresAt { get; init; }

    public bool IsForever { get; init; }
}

public sealed record CaptureHold(string Hold, string? Amount = null, string? Currency = null, string? To = null) : MoneyStep
{
    public IReadOnlyList<CaptureLeg>? Legs { get; init; }

    public bool IsFinal { get; init; }
}

public sealed record CaptureLeg(string? To, string? Amount, string? Currency = null);

public sealed record ReleaseHold(string Hold, string? Amount = null) : MoneyStep;

public sealed record GetHold(string Hold, string? At = null) : Step;

public sealed record ListHolds(
    string? Account = null, string? Customer = null, string? Status = null, string? To = null, string? ExpiresBefore = null) : ListStep;

public sealed record ReverseOperation(string Operation, string? Amount = null, string? Currency = null) : MoneyStep
{
    public IReadOnlyList<ReversalLeg>? Legs { get; init; }

    public string? Difference { get; init; }

    public string? OnInsufficient { get; init; }

    public string? Reason { get; init; }
}

public sealed record ReversalLeg(int? Leg, string? Amount, string? Currency = null);

public sealed record SubmitBatch(bool Atomic, params MoneyStep[] Items) : Step;

/// <summary>
/// The same as a batch that is not atomic, through whatever is for bulk: a stream where there is one. Every item has its key.
/// </summary>
public sealed record Submit(params MoneyStep[] Items) : Step;

/// <param name="At">A journal number, or an instant in RFC 3339.</param>
public sealed record GetOperation(string Operation, string? At = null) : Step;

public sealed record ListOperations(
    string? Account = null, string? Customer = null, string? Kind = null, string? IdempotencyKey = null, string? Since = null,
    string? Until = null) : ListStep
{
    public string? Reverses { get; init; }

    public string? Reversed { get; init; }
}

/// <summary>The first operations of the feed after a number; there are that many.</summary>
public sealed record Watch(long After, int Count) : Step
{
    public bool Leaves { get; init; }
}

public sealed record LoadQuotes(string Date, params QuoteStep[] Quotes) : Step;

public sealed record ImportQuotes(string Feed) : Step;

public sealed record GetQuotes(string? Date = null) : Step;

public sealed record ListQuotes(string Currency, string? Since = null, string? Until = null) : ListStep;

/// <summary>A file: what is told are its media type, its plain name and its bytes.</summary>
public abstract record FileStep : Step
{
    public string? Since { get; init; }

    public string? Until { get; init; }

    /// <summary>A journal number, or an instant in RFC 3339.</summary>
    public string? At { get; init; }

    public string? Format { get; init; }

    public string? Lang { get; init; }

    public string? Tz { get; init; }
}

/// <summary>Of a wallet, of a customer, or else of the customer with a name.</summary>
public sealed record GetStatement(string? Wallet = null, string? Customer = null, string? Name = null, string? Account = null) : FileStep;

/// <param name="Date">Of the quotes, for <c>exchange</c>.</param>
public sealed record GetReport(string Name, string? Date = null) : FileStep;

public sealed record ListCurrencies : Step;

public sealed record ListCountries(string? Prefix = null, string? Limit = null) : Step;

public sealed record ListCities(string? Country, string? Prefix = null, string? Limit = null) : Step;

public sealed record ListKeys : Step;

public sealed record CreateKey(string? Name, params string[] Scopes) : Step;

public sealed record ChangeKey(string Name, string? Networks = null, int? RateLimit = null) : Step;

public sealed record RotateKey(string Name, int? OverlapSeconds = null) : Step;

public sealed record RevokeKey(string Name) : Step;

public sealed record GetBook : Step;

public sealed record ChangeBook(int? QuoteMaxAgeDays = null, string? TimeZone = null) : Step;

public sealed record ListBooks : Step;

public sealed record OpenBook(string? Name, string? BaseCurrency = null, int? QuoteMaxAgeDays = null, string? TimeZone = null) : Step;

/// <summary>A list: its first page, or one after a cursor.</summary>
public abstract record ListStep : Step
{
    public string? Limit { get; init; }

    public string? Order { get; init; }

    public string? Cursor { get; init; }
}
