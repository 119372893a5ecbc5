using System.Diagnostics.CodeAnalysis;
using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Kinds;

/// <summary>The kinds of operations: a closed list, in the order of the stored numbers.</summary>
public static class KindList
{
    /// <summary>All kinds.</summary>
    public static IReadOnlyList<Kind> All { get; } =
    [
        new BookOpenedKind(),
        new CustomerRegisteredKind(),
        new CustomerChangedKind(),
        new CustomerErasedKind(),
        new AccountOpenedKind(),
        new AccountFrozenKind(),
        new AccountUnfrozenKind(),
        new AccountClosedKind(),
        new FloorSetKind(),
        new QuotesLoadedKind(),
        new DepositKind(),
        new WithdrawalKind(),
        new TransferKind(),
        new PostingKind(),
        new HoldPlacedKind(),
        new HoldIncreasedKind(),
        new HoldExtendedKind(),
        new HoldReleasedKind(),
        new HoldExpiredKind(),
        new CapturedKind(),
        new ReversedKind(),
        new BookChangedKind(),
    ];

    // Initialised in the order in which they stand: after the list.
    static readonly Kind?[] ByNumber = Index();

    static readonly Dictionary<string, Kind> ByName = All.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(kind => kind.Name)];

    /// <summary>The kind of a number. Throws <see cref="ArgumentOutOfRangeException"/> for a number that no kind has.</summary>
    public static Kind Of(OperationKind number) =>
        TryFind(number, out var kind)
            ? kind
            : throw new ArgumentOutOfRangeException(nameof(number), (int)number, "There is no such kind of operation");

    /// <summary>The name of a kind on the wire, such as <c>customer_registered</c>.</summary>
    public static string Name(this OperationKind number) => Of(number).Name;

    /// <summary>Finds the kind of a number.</summary>
    public static bool TryFind(OperationKind number, [NotNullWhen(true)] out Kind? kind)
    {
        kind = (uint)number < (uint)ByNumber.Length ? ByNumber[(int)number] : null;
        return kind is not null;
    }

    /// <summary>Finds the number of a kind by its name.</summary>
    public static bool TryParse(string? name, out OperationKind number)
    {
        var isFound = ByName.TryGetValue(name ?? "", out var kind);
        number = isFound ? kind!.Number : default;
        return isFound;
    }

    static Kind?[] Index()
    {
        var kinds = new Kind?[All.Max(kind => (int)kind.Number) + 1];
        foreach (var kind in All)
            kinds[(int)kind.Number] =
                kinds[(int)kind.Number] is null ? kind : throw new InvalidOperationException($"Two kinds are number {(int)kind.Number}");
        return kinds;
    }
}
