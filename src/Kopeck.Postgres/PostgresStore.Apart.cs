using System.Collections.Concurrent;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Relational.Rows;
using Kopeck.Relational.Sql;

namespace Kopeck.Postgres;

/// <content>
/// Statements of all books. They fail as soon as one book cannot be reached, where books are kept in several places: then each book is
/// asked for by itself, so that one place's fault stays its own.
/// </content>
public sealed partial class PostgresStore
{
    // Beside the readers of lists, of whose connections these are.
    const int MostApart = 4;

    static readonly TimeSpan ApartPatience = TimeSpan.FromSeconds(5);

    // For so long nobody tries again whether all can be asked at once: a place that does not even refuse keeps a statement waiting.
    static readonly TimeSpan StaysApart = TimeSpan.FromSeconds(10);

    // Keys are found without knowing a book, so they are wherever the instance is. No book is without one for longer than its opening.
    const string SelectNames = "SELECT DISTINCT book FROM api_keys ORDER BY book";

    const string SelectIsDue = "SELECT 1 FROM holds WHERE book = $1 AND due_at <= $2 LIMIT 1";

    long apartUntil;

    /// <inheritdoc/>
    public override ValueTask<BookList> ListBooksAsync(CancellationToken cancellationToken) => AllAsync(
        () => base.ListBooksAsync(cancellationToken),
        async () =>
        {
            var (rows, unreadable) = await EachApartAsync(
                book => new Query(BookRows.Select).Add(book.Value), static (_, row) => BookRows.Read(row), cancellationToken)
                .ConfigureAwait(false);
            return new BookList([.. rows.OrderBy(row => row.Book.Value, StringComparer.Ordinal)], unreadable);
        });

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyCollection<BookName>> FindBooksWithDueHoldsAsync(
        Instant until, CancellationToken cancellationToken) =>
        await servers.IsDistributedAsync().ConfigureAwait(false)
            ? await FindDueAtServersAsync(until, cancellationToken).ConfigureAwait(false)
            : await AllAsync<IReadOnlyCollection<BookName>>(
                () => base.FindBooksWithDueHoldsAsync(until, cancellationToken),
                async () => (await EachApartAsync(
                    book => new Query(SelectIsDue).Add(book.Value).Add(until.Microseconds), static (book, _) => book, cancellationToken)
                    .ConfigureAwait(false)).Found).ConfigureAwait(false);

    async ValueTask<T> AllAsync<T>(Func<ValueTask<T>> atOnce, Func<Task<T>> apart)
    {
        if (Environment.TickCount64 < Volatile.Read(ref apartUntil))
            return await apart().ConfigureAwait(false);
        try
        {
            return await atOnce().ConfigureAwait(false);
        }
        catch (StorageUnavailableException exception) when (exception is not StorageOverloadedException)
        {
            try
            {
                return await apart().ConfigureAwait(false);
            }
            catch (StorageUnavailableException)
            {
                // Nothing can be asked at all: the first answer tells why.
            }

            throw;
        }
    }

    /// <summary>Asks each book by itself; throws where none answers.</summary>
    async Task<(IReadOnlyCollection<T> Found, IReadOnlyList<UnreadableBook> Unreadable)> EachApartAsync<T>(
        Func<BookName, Query> ask, Func<BookName, IRow, T> read, CancellationToken cancellationToken)
    {
        var names = new List<BookName>();
        await ReadAsync(
            Lane.Pages, isSnapshot: false, [new Query(SelectNames).Read(row => names.Add(BookName.Parse(row.Text(0))))], cancellationToken)
            .ConfigureAwait(false);
        var (found, failures) = (new ConcurrentQueue<T>(), new ConcurrentDictionary<BookName, StorageUnavailableException>());
        var end = Environment.TickCount64 + (long)ApartPatience.TotalMilliseconds;
        await Parallel.ForEachAsync(
            names,
            new ParallelOptions { MaxDegreeOfParallelism = MostApart, CancellationToken = cancellationToken },
            async (book, token) =>
            {
                try
                {
                    if (Environment.TickCount64 > end)
                        throw new StorageUnavailableException("Other books took too long to refuse: it was not asked for");
                    await ReadAsync(Lane.Pages, isSnapshot: false, [ask(book).Read(row => found.Enqueue(read(book, row)))], token)
                        .ConfigureAwait(false);
                }
                catch (StorageUnavailableException exception)
                {
                    failures[book] = exception;
                }
            }).ConfigureAwait(false);
        if (failures.IsEmpty)
            return (found, []);
        Volatile.Write(ref apartUntil, Environment.TickCount64 + (long)StaysApart.TotalMilliseconds);
        if (failures.Count == names.Count && failures.Values.FirstOrDefault() is { } none)
            throw none;
        return (
            found,
            [
                .. failures.OrderBy(failure => failure.Key.Value, StringComparer.Ordinal)
                    .Select(failure => new UnreadableBook(failure.Key, failure.Value.Message))
            ]);
    }
}
