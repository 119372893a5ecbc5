using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Postgres.Reading;
using Kopeck.Relational;
using Kopeck.Relational.Sql;

namespace Kopeck.Postgres;

/// <content>
/// Reads of what is fixed by a number of the journal: at a standby, where there is one that has the operation of that number with the
/// primary's hash, and so all before it; otherwise at the primary. What shows personal values asks for the primary's head instead, so that
/// what was erased is not shown by a standby that has not heard of it.
/// </content>
public sealed partial class PostgresStore
{
    const string SelectHash = "SELECT hash FROM operations WHERE book = $1 AND number = $2";

    const string SelectHeadHash = "SELECT head_number, head_hash FROM books WHERE book = $1";

    /// <inheritdoc/>
    public override async ValueTask<AsOf<Hold?>> GetHoldAsync(BookName book, long hold, long? at, CancellationToken cancellationToken) =>
        at is not { } number
            ? await base.GetHoldAsync(book, hold, at, cancellationToken).ConfigureAwait(false)
            : await PastAsync(
                book, number, store => store.GetHoldAsync(book, hold, at, cancellationToken),
                () => base.GetHoldAsync(book, hold, at, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyDictionary<long, ReversalsOf>> GetReversalsAsync(
        BookName book, IReadOnlyCollection<Operation> originals, long? at, int limit, CancellationToken cancellationToken) =>
        at is not { } number
            ? await base.GetReversalsAsync(book, originals, at, limit, cancellationToken).ConfigureAwait(false)
            : await PastAsync(
                book, number, store => store.GetReversalsAsync(book, originals, at, limit, cancellationToken),
                () => base.GetReversalsAsync(book, originals, at, limit, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<AccountEntry>> ReadEntriesAsync(
        BookName book, long account, EntryKey after, long upTo, int limit, CancellationToken cancellationToken) => PastAsync(
        book, upTo, store => store.ReadEntriesAsync(book, account, after, upTo, limit, cancellationToken),
        () => base.ReadEntriesAsync(book, account, after, upTo, limit, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyDictionary<long, EntrySums>> SumEntriesAsync(
        BookName book, IReadOnlyCollection<long> accounts, long after, long upTo, CancellationToken cancellationToken) => PastAsync(
        book, upTo, store => store.SumEntriesAsync(book, accounts, after, upTo, cancellationToken),
        () => base.SumEntriesAsync(book, accounts, after, upTo, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<Customer?> GetCustomerAsOfAsync(
        BookName book, long customer, long at, CancellationToken cancellationToken) => PersonalAsync(
        book, at, store => store.GetCustomerAsOfAsync(book, customer, at, cancellationToken),
        () => base.GetCustomerAsOfAsync(book, customer, at, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<long>> FindCustomersByNameAsync(
        BookName book, string name, bool isPrefix, long at, int limit, CancellationToken cancellationToken) => PersonalAsync(
        book, at, store => store.FindCustomersByNameAsync(book, name, isPrefix, at, limit, cancellationToken),
        () => base.FindCustomersByNameAsync(book, name, isPrefix, at, limit, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<Party>> ReadPartiesAsync(
        BookName book, IReadOnlyCollection<long> accounts, long at, CancellationToken cancellationToken) => PersonalAsync(
        book, at, store => store.ReadPartiesAsync(book, accounts, at, cancellationToken),
        () => base.ReadPartiesAsync(book, accounts, at, cancellationToken), cancellationToken);

    /// <summary>A page that ends before the head may come from a standby; the journal's end never does.</summary>
    public override ValueTask<IReadOnlyList<Operation>> ReadJournalAsync(
        BookName book, long after, int limit, CancellationToken cancellationToken) => PersonalAsync(
        book, after > long.MaxValue - limit ? long.MaxValue : after + limit,
        store => store.ReadJournalAsync(book, after, limit, cancellationToken),
        () => base.ReadJournalAsync(book, after, limit, cancellationToken), cancellationToken);

    async ValueTask<T> PastAsync<T>(
        BookName book, long number, Func<RelationalStore, ValueTask<T>> atStandby, Func<ValueTask<T>> atPrimary,
        CancellationToken cancellationToken)
    {
        if (standby is not { IsResting: false } reads)
            return await atPrimary().ConfigureAwait(false);
        var hash = await reads.FindHashAsync(book, number, async () =>
        {
            Digest? found = null;
            await ReadAsync(
                Lane.Lookups, isSnapshot: false,
                [new Query(SelectHash).Add(book.Value).Add(number).Read(row => found = row.Digest(0))], cancellationToken)
                .ConfigureAwait(false);
            return found;
        }).ConfigureAwait(false);
        return hash is { } there
            ? await TryStandbyAsync(reads, new JournalPlace(book, number, there), atStandby, atPrimary).ConfigureAwait(false)
            : await atPrimary().ConfigureAwait(false);
    }

    async ValueTask<T> PersonalAsync<T>(
        BookName book, long number, Func<RelationalStore, ValueTask<T>> atStandby, Func<ValueTask<T>> atPrimary,
        CancellationToken cancellationToken)
    {
        if (standby is not { IsResting: false } reads)
            return await atPrimary().ConfigureAwait(false);
        JournalPlace? head = null;
        await ReadAsync(
            Lane.Lookups, isSnapshot: false,
            [new Query(SelectHeadHash).Add(book.Value).Read(row => head = new JournalPlace(book, row.Int64(0), row.Digest(1)))],
            cancellationToken).ConfigureAwait(false);
        return head is { } at && at.Number >= number
            ? await TryStandbyAsync(reads, at, atStandby, atPrimary).ConfigureAwait(false)
            : await atPrimary().ConfigureAwait(false);
    }

    static async ValueTask<T> TryStandbyAsync<T>(
        StandbyReads reads, JournalPlace place, Func<RelationalStore, ValueTask<T>> atStandby, Func<ValueTask<T>> atPrimary)
    {
        try
        {
            await using var store = reads.At(place);
            return await atStandby(store).ConfigureAwait(false);
        }
        catch (StorageUnavailableException failure)
        {
            reads.Note(failure);
        }

        return await atPrimary().ConfigureAwait(false);
    }
}
