namespace Kopeck.Ledger.Journal;

/// <summary>What an operation did. The numbers are stored and hashed; 24 to 27 are kept for holds and reversals.</summary>
public enum OperationKind
{
    /// <summary>A book was opened: always number 1.</summary>
    BookOpened = 1,

    /// <summary>A customer was registered.</summary>
    CustomerRegistered = 2,

    /// <summary>A customer's values were changed.</summary>
    CustomerChanged = 3,

    /// <summary>A customer's personal values were erased.</summary>
    CustomerErased = 4,

    /// <summary>An account was opened.</summary>
    AccountOpened = 5,

    /// <summary>An account's debits, or all its movements, were stopped.</summary>
    AccountFrozen = 6,

    /// <summary>A frozen account was opened again.</summary>
    AccountUnfrozen = 7,

    /// <summary>An account was closed.</summary>
    AccountClosed = 8,

    /// <summary>An account's floor was set.</summary>
    FloorSet = 9,

    /// <summary>The quotes of a date were loaded.</summary>
    QuotesLoaded = 10,

    /// <summary>Money came in.</summary>
    Deposit = 20,

    /// <summary>Money went out.</summary>
    Withdrawal = 21,

    /// <summary>Money moved between wallets.</summary>
    Transfer = 22,

    /// <summary>Money moved in several legs.</summary>
    Posting = 23,
}

/// <summary>The kinds' names on the wire.</summary>
public static class OperationKinds
{
    static readonly Dictionary<OperationKind, string> Names = Enum.GetValues<OperationKind>().ToDictionary(kind => kind, ToSnakeCase);
    static readonly Dictionary<string, OperationKind> Kinds = Names.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>All names, in the order of the stored numbers.</summary>
    public static IReadOnlyCollection<string> All => Kinds.Keys;

    /// <summary>The name on the wire, such as <c>customer_registered</c>.</summary>
    public static string Name(this OperationKind kind) => Names[kind];

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string? name, out OperationKind kind)
    {
        kind = default;
        return name is not null && Kinds.TryGetValue(name, out kind);
    }

    static string ToSnakeCase(OperationKind kind) =>
        string.Concat(kind.ToString().Select((letter, index) => char.IsUpper(letter) && index > 0 ? "_" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
}
