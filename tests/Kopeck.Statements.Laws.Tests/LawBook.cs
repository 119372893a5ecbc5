using System.IO.Pipelines;
using Kopeck.Engine.Storage;
using Kopeck.Engine.Verification;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Laws.Tests.Naive;
using Kopeck.Statements.Model;
using Kopeck.Statements.Reports;
using Kopeck.Statements.Writing;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Statements.Laws.Tests;

/// <summary>A book on a real database, its exported journal, and a folder for files.</summary>
sealed class LawBook : IAsyncDisposable
{
    readonly TestDatabase database;
    int written;

    LawBook(TestDatabase database)
    {
        this.database = database;
        Store = database.Ledger.OpenStore();
    }

    public BookAuthor Author { get; } = new();

    public ILedgerStore Store { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("kopeck-laws-").FullName;

    public static async Task<LawBook> CreateAsync(StoreEngine engine) => new(await engine.CreateAsync());

    /// <summary>Writes what the author wrote since.</summary>
    public async Task SaveAsync()
    {
        for (; written < Author.Batches.Count; written++)
            Assert.True(
                await Store.CommitAsync(Author.Batches[written], null), $"up to operation {Author.Batches[written].Next.Head.Number}");
    }

    public async Task<ExportedJournal> ExportAsync()
    {
        using var export = new MemoryStream();
        await JournalExport.WriteAsync(Store, Author.Book, 0, withPersonal: true, export, null, TestContext.Current.CancellationToken);
        export.Position = 0;
        return new ExportedJournal(export);
    }

    public async Task<StatementFile?> DrawAsync(StatementRequest request, string format, ILedgerStore? store = null)
    {
        var (file, rejection) = await Files(store ?? Store)
            .DrawAsync(request, StatementFormats.Find(format)!, Language.Default, isCounted: false, TestContext.Current.CancellationToken);
        Assert.True(file is null != (rejection is null));
        return file;
    }

    public async Task<StatementFile> DrawAsync(string report, ReportRequest request, string format)
    {
        var (file, rejection) = await Files(Store)
            .DrawAsync(report, request, ReportFormats.Find(format)!, Language.Default, TestContext.Current.CancellationToken);
        Assert.Null(rejection);
        return file!;
    }

    /// <summary>Writes a file into the folder; its path.</summary>
    public async Task<string> KeepAsync(StatementFile file, string name)
    {
        var path = Path.Combine(Folder, name);
        await using var stream = File.Create(path);
        var output = PipeWriter.Create(stream);
        await file.WriteAsync(output, TestContext.Current.CancellationToken);
        await output.CompleteAsync();
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    static StatementFiles Files(ILedgerStore store) => new(store, TimeProvider.System, Letterheads.None);
}
