using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Storage;

/// <summary>What a database is.</summary>
/// <param name="Version">Of the last migration that was applied; 0 for an empty database.</param>
/// <param name="Bytes">What it takes on disk.</param>
public sealed record DatabaseInfo(int Version, long Bytes, BookList Books)
{
    /// <summary>Where each book is, as server and port; none where all are on the one server.</summary>
    public IReadOnlyDictionary<BookName, string> Servers { get; init; } = new Dictionary<BookName, string>();
}
