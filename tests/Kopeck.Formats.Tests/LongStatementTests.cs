using System.Globalization;
using System.IO.Pipelines;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Statements;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Formats.Tests;

/// <summary>Long statements go out while they are read: a writer never holds more than a page of lines.</summary>
public sealed class LongStatementTests(LongStatementTests.LongBook book) : IClassFixture<LongStatementTests.LongBook>
{
    const int Most = 100_000;
    const int MostUnsent = 4 << 20;

    [Theory]
    [InlineData("pdf")]
    [InlineData("camt053")]
    [InlineData("mt940")]
    [InlineData("ofx")]
    [InlineData("hledger")]
    public async Task A_hundred_thousand_lines_are_sent_page_by_page(string format)
    {
        // The last line is one too many for a PDF.
        var (file, rejection) = await DrawAsync(format, book.LastAt);
        Assert.Null(rejection);
        var output = new MeasuringWriter();
        await file!.WriteAsync(output, TestContext.Current.CancellationToken);
        Assert.True(output.Sent > 10 * Most, $"{output.Sent} bytes");
        Assert.True(output.MostUnsent < MostUnsent, $"{output.MostUnsent} bytes were held at once");
    }

    [Fact]
    public async Task A_PDF_of_more_lines_is_refused()
    {
        var (file, rejection) = await DrawAsync("pdf", null);
        Assert.Null(file);
        Assert.Equal(ErrorCode.TooLarge, rejection!.Code);
    }

    Task<(StatementFile? File, Rejection? Rejection)> DrawAsync(string format, Ledger.Instant? until) =>
        new StatementFiles(book.Book.Store, TimeProvider.System, Letterheads.None).DrawAsync(
            new StatementRequest(book.Book.Name, new StatementSubject.OfWallet(book.Wallet), null, until), StatementFormats.Find(format)!,
            Language.Default, isCounted: false, TestContext.Current.CancellationToken);

    /// <summary>A wallet of one line more than a PDF takes.</summary>
    public sealed class LongBook : IAsyncLifetime
    {
        internal TestBook Book { get; private set; } = null!;

        public long Wallet { get; private set; }

        /// <summary>When the last line was written, alone.</summary>
        public Ledger.Instant LastAt { get; private set; }

        public async ValueTask InitializeAsync()
        {
            Book = await TestBook.OpenAsync();
            (_, Wallet) = await Book.RegisterAsync("Αλέξανδρος", "GR", "Αθήνα", "EUR");
            for (var batch = 0; batch < Most / 1_000; batch++)
                await Book.WriteAsync(
                    [
                        .. Enumerable.Range(0, 1_000).Select(
                            index =>
                                new Deposit(Wallet, Amount("1.01"), null)
                                {
                                    Description =
                                        Description.Parse(string.Create(CultureInfo.InvariantCulture, $"плата {batch * 1_000 + index}"))
                                })]);
            Book.Move("2026-04-01T00:00:00Z");
            LastAt = TestBook.At("2026-04-01T00:00:00Z");
            await Book.WriteAsync(new Deposit(Wallet, Amount("1.01"), null));
        }

        public ValueTask DisposeAsync() => Book.DisposeAsync();
    }

    /// <summary>Sends to nowhere, and measures how much waited to be sent.</summary>
    sealed class MeasuringWriter : PipeWriter
    {
        readonly PipeWriter nowhere = Create(Stream.Null);

        public long Sent { get; private set; }

        public long MostUnsent { get; private set; }

        public override void Advance(int bytes) => nowhere.Advance(bytes);

        public override Memory<byte> GetMemory(int sizeHint = 0) => nowhere.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => nowhere.GetSpan(sizeHint);

        public override void CancelPendingFlush() => nowhere.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => nowhere.Complete(exception);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            Sent += nowhere.UnflushedBytes;
            MostUnsent = Math.Max(MostUnsent, nowhere.UnflushedBytes);
            return nowhere.FlushAsync(cancellationToken);
        }
    }
}
