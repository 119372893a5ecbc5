using System.IO.Pipelines;
using System.Reflection;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;
using Kopeck.Testing.Stores.Engines;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Statements.Laws.Tests;

/// <summary>
/// A reader that goes away stops the reading of the store; a slow one is waited for between pages, while nothing is read.
/// </summary>
/// <param name="engine">The database engine.</param>
public abstract class AbandonedReaderTests(StoreEngine engine)
{
    const int Pages = 20;
    const int PageLength = 500;

    [Fact]
    public async Task A_reader_that_goes_away_stops_the_query_in_every_format()
    {
        await using var book = await LawBook.CreateAsync(engine);
        var wallet = await FillAsync(book);
        var pause = new PipeOptions(pauseWriterThreshold: 64 << 10, resumeWriterThreshold: 32 << 10);
        // What a PDF, a workbook and the formats of banks write of a page is more than the pipe holds, too; a confirmation is one page
        // whatever was read.
        // Quicken's file needs a number that no letterhead gives here.
        foreach (var format
            in StatementFormats.All.Select(writer => writer.Format).Where(format => format is not ("confirmation" or "qfx")))
        {
            var counting = CountingReads.Of(book.Store);
            var file =
                await book.DrawAsync(new StatementRequest(book.Author.Book, new StatementSubject.OfWallet(wallet)), format, counting.Store);
            counting.Pages = 0;
            var pipe = new Pipe(pause);
            var writing = file!.WriteAsync(pipe.Writer, TestContext.Current.CancellationToken);
            var reading = pipe.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();
            await Task.WhenAny(reading, writing);
            Assert.True(reading.IsCompleted, $"{format}: ended before anything was written: {writing.Exception}");
            var read = await reading;
            pipe.Reader.AdvanceTo(read.Buffer.Start);
            await pipe.Reader.CompleteAsync();
            Assert.True(await Record.ExceptionAsync(() => writing) is OperationCanceledException, $"{format}: was written to its end");
            Assert.True(counting.Pages is > 0 and <= Pages / 2, $"{format}: {counting.Pages} pages of {Pages} were read");
        }
    }

    static async Task<long> FillAsync(LawBook book)
    {
        book.Author.Open();
        book.Author.Write(new RegisterCustomer(CountryCode.Parse("PT"), Details("Reader"), Currency("EUR")));
        var wallet = book.Author.Last;
        for (var batch = 0; batch < Pages * PageLength / 1_000; batch++)
            book.Author.Write(
                [
                    .. Enumerable.Range(0, 1_000)
                        .Select(
                            index =>
                                new Deposit(wallet, Amount("1.01"), null)
                                {
                                    Description = Description.Parse($"deposit number {index} of many")
                                })]);
        await book.SaveAsync();
        return wallet;
    }
}

/// <summary>A store that counts the pages of entries that are read.</summary>
public class CountingReads : DispatchProxy
{
    ILedgerStore? store;

    public int Pages { get; set; }

    internal ILedgerStore Store => (ILedgerStore)(object)this;

    internal static CountingReads Of(ILedgerStore store)
    {
        var counting = (CountingReads)(object)Create<ILedgerStore, CountingReads>();
        counting.store = store;
        return counting;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(ILedgerReader.ReadEntriesAsync))
            Pages++;
        return targetMethod.Invoke(store, args);
    }
}
