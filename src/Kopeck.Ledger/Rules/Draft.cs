using System.Collections.Immutable;
using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Rules;

/// <summary>
/// An operation that was decided and is yet to be numbered, chained and written. Ids of accounts that the same group opens are already
/// known: they are the numbers to come.
/// </summary>
public sealed record Draft(OperationBody Body)
{
    /// <summary>What moves.</summary>
    public ImmutableArray<Entry> Entries { get; init; } = [];

    /// <summary>The personal values it sets.</summary>
    public PersonalValues? Personal { get; init; }
}
