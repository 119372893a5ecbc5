using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Errors;
using Kopeck.Statements.Model;
using Kopeck.Statements.Reading;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Bulk;

/// <summary>The statements of all customers for a month, several at a time, all at one pin; stopped and run again it goes on.</summary>
public sealed class MonthEnd(ILedgerStore store, TimeProvider time, Letterheads letterheads)
{
    const int PageLength = 500;
    const int BufferBytes = 1 << 16;

    /// <summary>Draws them.</summary>
    /// <returns>A rejection where the pin is not to be had.</returns>
    public async Task<(MonthEndResult? Result, Rejection? Rejection)> WriteAsync(
        MonthEndRequest request, CancellationToken cancellationToken)
    {
        if (request.Zone is null && await store.FindBookAsync(request.Book, cancellationToken) is { } row)
            request = request with { Zone = row.Terms.Zone };
        var at = request.At ?? (MonthEndJournal.PinOf(request) is { } earlier ? PointInTime.Of(earlier) : null);
        var (book, rejection) = await Pins.FindAsync(store, request.Book, at, time, cancellationToken);
        if (book is null)
            return (null, rejection);
        var customers = await ListAsync(request, book.Pin.Number, cancellationToken);
        using var journal = MonthEndJournal.Open(request, book.Pin.Number);
        var wanted = customers.Where(customer => !journal.Has(customer)).ToList();
        var skipped = customers.Count - wanted.Count;
        long done = skipped;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, request.Parallel), CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(wanted, options, async (customer, cancelled) =>
        {
            journal.Add(await DrawAsync(request, book.Pin.Number, customer, cancelled));
            request.OnProgress?.Invoke(Interlocked.Increment(ref done), customers.Count);
        });
        var refused = journal.Done.Count(entry => entry.File.Length == 0);
        return (new MonthEndResult(journal.Finish(), journal.Done.Count - refused, skipped, refused, book.Pin.Number), null);
    }

    async Task<MonthEndEntry> DrawAsync(MonthEndRequest request, long pin, long customer, CancellationToken cancellationToken)
    {
        var question = new StatementRequest(
            request.Book, new StatementSubject.OfCustomer(customer), request.Month, request.Month.AddMonths(1),
            PointInTime.Of(pin))
        { Zone = request.Zone };
        var files = new StatementFiles(store, time, letterheads);
        var (file, rejection) = await files.DrawAsync(question, request.Writer, request.Language, isCounted: false, cancellationToken);
        if (file is null)
            return new MonthEndEntry(customer, "", 0, "", rejection!.Code.Name());
        var name = string.Create(CultureInfo.InvariantCulture, $"{request.Month:yyyy-MM}-customer-{customer}.{request.Writer.Extension}");
        var path = Path.Combine(request.Folder, name);
        var part = path + ".part";
        long bytes;
        string digest;
        await using (
            var stream = new FileStream(part, FileMode.Create, FileAccess.ReadWrite, FileShare.None, BufferBytes, FileOptions.Asynchronous))
        {
            var pipe = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: BufferBytes, leaveOpen: true));
            await file.WriteAsync(pipe, cancellationToken);
            await pipe.CompleteAsync();
            await stream.FlushAsync(cancellationToken);
            bytes = stream.Length;
            stream.Position = 0;
            digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
        }

        File.Move(part, path, overwrite: true);
        return new MonthEndEntry(customer, name, bytes, digest, "");
    }

    async Task<List<long>> ListAsync(MonthEndRequest request, long pin, CancellationToken cancellationToken)
    {
        var customers = new List<long>();
        PageKey? after = null;
        do
        {
            var page = (
                await store.ListCustomersAsync(
                    request.Book, new CustomerFilter(), new PageRequest(after, IsAscending: true, PageLength), cancellationToken)).Value;
            customers.AddRange(
                page.Items.Select(customer => customer.Id).Where(id => id <= pin && request.Customers?.Contains(id) != false));
            after = page.Next;
        }
        while (after is not null);
        return customers;
    }
}
