using System.IO.Pipelines;
using Kopeck.Engine.Reading;
using Kopeck.Statements.Formats.Hledger;
using Kopeck.Statements.Reading;

namespace Kopeck.Statements.Writing;

/// <summary>A format of a whole book, for another program. A new one is a class of its own and a line in <see cref="All"/>.</summary>
/// <param name="Format">Its name, such as <c>hledger</c>.</param>
/// <param name="Extension">The ending of its files, without a point.</param>
/// <param name="WriteAsync">Writes the operations up to the book's pin, a page at a time, and tells how many operations each page
/// had.</param>
public sealed record BookExport(
    string Format, string MediaType, string Extension, Func<ILedgerReader, PinnedBook, Letterhead?, PipeWriter, Action<int>?,
    CancellationToken, Task> WriteAsync)
{
    /// <summary>All formats of whole books.</summary>
    public static IReadOnlyList<BookExport> All { get; } =
        [new("hledger", "text/x-hledger; charset=utf-8", HledgerBook.Extension, HledgerBook.WriteAsync)];

    /// <summary>Finds a format by its name.</summary>
    public static BookExport? Find(string name) => All.FirstOrDefault(export => export.Format == name);
}
