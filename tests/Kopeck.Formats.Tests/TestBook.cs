using System.IO.Pipelines;
using System.Text;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;
using Kopeck.Statements.Reading;
using Kopeck.Statements.Writing;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Formats.Tests;

/// <summary>
/// A book on a real database, written by the ledger's own rules with a clock of the test's: the same test makes the same journal, to the
/// byte.
/// </summary>
sealed class TestBook : IAsyncDisposable
{
    readonly TestDatabase database;
    readonly BookAuthor author = new() { At = At("2026-03-01T08:00:00Z") };
    int written;

    TestBook(TestDatabase database)
    {
        this.database = database;
        Store = database.Ledger.OpenStore();
    }

    public ILedgerStore Store { get; }

    public BookName Name => author.Book;

    /// <summary>The last operation's number: the id of what it made.</summary>
    public long Last => author.Last;

    public static async Task<TestBook> OpenAsync(string opened = "2026-03-01T08:00:00Z")
    {
        var book = new TestBook(await StoreEngine.Sqlite.CreateAsync());
        book.author.At = At(opened);
        book.author.Open();
        await book.SaveAsync();
        return book;
    }

    public static Instant At(string text) =>
        Instant.TryParse(text, out var instant) ? instant : throw new ArgumentException(text, nameof(text));

    /// <summary>The instant of the next operations, which come a second after each other.</summary>
    public void Move(string instant) => author.At = new Instant(At(instant).Microseconds - 1_000_000);

    public async Task WriteAsync(params Command[] commands)
    {
        author.Write(commands);
        await SaveAsync();
    }

    /// <summary>A customer with a first wallet.</summary>
    public async Task<(long Customer, long Wallet)> RegisterAsync(
        string name, string country, string city, string currency, string? code = null)
    {
        await WriteAsync(new RegisterCustomer(CountryCode.Parse(country), Values.Details(name, city, code), Values.Currency(currency)));
        return (Last - 1, Last);
    }

    /// <summary>A statement as a file, or why there is none.</summary>
    public async Task<(byte[] Bytes, Rejection? Rejection)> TryDrawAsync(
        string format, StatementSubject subject, string? since = null, string? until = null, string language = "en",
        Letterhead? letterhead = null)
    {
        var request = new StatementRequest(Name, subject, since is null ? null : At(since), until is null ? null : At(until));
        var files = new Statements.StatementFiles(
            Store, TimeProvider.System, letterhead is null ? Letterheads.None : new Letterheads([letterhead]));
        var (file, rejection) = await files.DrawAsync(
            request, StatementFormats.Find(format)!, Language.Find(language)!, isCounted: false, TestContext.Current.CancellationToken);
        return file is null
            ? ([], rejection)
            : (await CollectAsync(output => file.WriteAsync(output, TestContext.Current.CancellationToken)), null);
    }

    /// <summary>A statement as a file.</summary>
    public async Task<byte[]> DrawAsync(
        string format, StatementSubject subject, string? since = null, string? until = null, string language = "en",
        Letterhead? letterhead = null)
    {
        var (bytes, rejection) = await TryDrawAsync(format, subject, since, until, language, letterhead);
        Assert.Null(rejection);
        Assert.Equal(bytes, (await TryDrawAsync(format, subject, since, until, language, letterhead)).Bytes);
        return bytes;
    }

    public async Task<string> DrawTextAsync(
        string format, StatementSubject subject, string? since = null, string? until = null, string language = "en",
        Letterhead? letterhead = null) =>
        Encoding.UTF8.GetString(await DrawAsync(format, subject, since, until, language, letterhead));

    /// <summary>A statement in a time zone as text.</summary>
    public async Task<string> DrawInZoneAsync(string format, StatementSubject subject, DateOnly since, DateOnly until, string zone)
    {
        var request = new StatementRequest(Name, subject, since, until) { Zone = DayZone.Find(zone)! };
        var files = new Statements.StatementFiles(Store, TimeProvider.System, Letterheads.None);
        var (file, rejection) = await files.DrawAsync(
            request, StatementFormats.Find(format)!, Language.Default, isCounted: false, TestContext.Current.CancellationToken);
        Assert.Null(rejection);
        return Encoding.UTF8.GetString(await CollectAsync(output => file!.WriteAsync(output, TestContext.Current.CancellationToken)));
    }

    /// <summary>A report as a file.</summary>
    public async Task<byte[]> ReportAsync(string name, string format, string? since = null, string? until = null, string language = "en")
    {
        var request = new Statements.Reports.ReportRequest(Name, null, since is null ? null : At(since), until is null ? null : At(until));
        var files = new Statements.StatementFiles(Store, TimeProvider.System, Letterheads.None);
        var (file, rejection) = await files.DrawAsync(
            name, request, Statements.Reports.ReportFormats.Find(format)!, Language.Find(language)!, TestContext.Current.CancellationToken);
        Assert.Null(rejection);
        return await CollectAsync(output => file!.WriteAsync(output, TestContext.Current.CancellationToken));
    }

    /// <summary>What is written to a pipe.</summary>
    public static async Task<byte[]> CollectAsync(Func<PipeWriter, Task> write)
    {
        using var stream = new MemoryStream();
        var output = PipeWriter.Create(stream);
        await write(output);
        await output.CompleteAsync();
        return stream.ToArray();
    }

    public Task<PinnedBook> PinAsync() => PinAsync(Store, Name);

    public static async Task<PinnedBook> PinAsync(ILedgerStore store, BookName name)
    {
        var (book, rejection) = await Pins.FindAsync(store, name, null, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Null(rejection);
        return book!;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await database.DisposeAsync();
    }

    async Task SaveAsync()
    {
        for (; written < author.Batches.Count; written++)
            Assert.True(await Store.CommitAsync(author.Batches[written], null));
    }
}
