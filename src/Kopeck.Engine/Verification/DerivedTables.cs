using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Verification;

/// <summary>The tables whose rows follow from the journal: a new one is named here, and is then rebuilt and looked through.</summary>
public static class DerivedTables
{
    /// <summary>Those that a rebuild empties and fills again.</summary>
    public static IReadOnlyList<string> Rebuilt { get; } =
    [
        Tables.Customers.TableName,
        Tables.CustomerChanges.TableName,
        Tables.Accounts.TableName,
        Tables.AccountChanges.TableName,
        Tables.Entries.TableName,
        Tables.HoldEntries.TableName,
        Tables.Holds.TableName,
        Tables.Captures.TableName,
        Tables.Reversals.TableName,
        Tables.ReversedOperations.TableName,
        Tables.IdempotencyKeys.TableName,
        Tables.Quotes.TableName,
    ];

    /// <summary>Those whose rows are counted: also personal values, which a rebuild keeps, for they are nowhere else.</summary>
    public static IReadOnlyList<string> Counted { get; } = [Tables.PersonalValues.TableName, .. Rebuilt];

    /// <summary>Large ones: a verification compares the sums of their rows, and looks rows up only where the sums differ.</summary>
    public static IReadOnlyList<string> Summed { get; } =
        [Tables.Entries.TableName, Tables.IdempotencyKeys.TableName, Tables.HoldEntries.TableName, Tables.Holds.TableName];
}
