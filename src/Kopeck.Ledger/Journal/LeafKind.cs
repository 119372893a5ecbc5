namespace Kopeck.Ledger.Journal;

/// <summary>What a leaf of an operation's hash is of: the byte after its salt, so that no leaf can pass for one of another kind.</summary>
enum LeafKind : byte
{
    /// <summary>Where the operation stands and who asked for it.</summary>
    Head = 1,

    /// <summary>What was decided: canonical JSON.</summary>
    Body = 2,

    /// <summary>One movement: see <see cref="EntriesBlob"/>.</summary>
    Entry = 3,
}
