using Kopeck.Engine.Keys;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.State;

namespace Kopeck.Laws.Tests.Driving;

/// <summary>What happens to a commit.</summary>
enum Fault
{
    None,

    /// <summary>It is written, and then the connection is cut: the outcome is unknown.</summary>
    LostAnswer,

    /// <summary>The connection is cut before it is written: the outcome is unknown.</summary>
    LostRequest,

    /// <summary>It is refused for certain.</summary>
    Refused,
}

/// <summary>A real store whose commits are delayed or lost as a test says.</summary>
sealed class FaultyStore(ILedgerStore real) : ILedgerStore
{
    public Func<Fault> NextFault { get; set; } = () => Fault.None;

    /// <summary>Runs before each commit: what others do while this node holds its decision.</summary>
    public Func<Task> BeforeCommit { get; set; } = () => Task.CompletedTask;

    /// <summary>Runs before each look-up while this node has no lock: what others do while it catches up.</summary>
    public Func<Task> BeforeLookUp { get; set; } = () => Task.CompletedTask;

    public int Unknown { get; private set; }

    int locks;

    public async ValueTask<bool> CommitAsync(BatchRows batch, IBookLock? held)
    {
        // Under the lock nobody else can write, and waiting for others would be for ever.
        if (held is null)
            await BeforeCommit();
        switch (NextFault())
        {
            case Fault.LostAnswer:
                Unknown++;
                await real.CommitAsync(batch, held);
                throw new OutcomeUnknownException("the connection was cut after the commit was sent");
            case Fault.LostRequest:
                Unknown++;
                throw new OutcomeUnknownException("the connection was cut before the commit arrived");
            case Fault.Refused:
                throw new StorageUnavailableException("the store is away");
            default:
                return await real.CommitAsync(batch, held);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public ValueTask CheckAsync(CancellationToken cancellationToken) => real.CheckAsync(cancellationToken);

    public ValueTask<BookList> ListBooksAsync(CancellationToken cancellationToken) => real.ListBooksAsync(cancellationToken);

    public ValueTask<BookRow?> FindBookAsync(BookName book, CancellationToken cancellationToken) =>
        real.FindBookAsync(book, cancellationToken);

    public ValueTask<IReadOnlyDictionary<BookName, long>> ReadHeadsAsync(
        IReadOnlyCollection<BookName> books, CancellationToken cancellationToken) =>
        real.ReadHeadsAsync(books, cancellationToken);

    public ValueTask<BookBase?> LoadBookAsync(BookName book, CancellationToken cancellationToken) =>
        real.LoadBookAsync(book, cancellationToken);

    public async ValueTask<Found> LookUpAsync(BookName book, Needs needs, CancellationToken cancellationToken)
    {
        if (locks == 0)
            await BeforeLookUp();
        return await real.LookUpAsync(book, needs, cancellationToken);
    }

    public ValueTask<BookRow?> BumpEpochAsync(BookName book) => real.BumpEpochAsync(book);

    public bool HasFairLocks => real.HasFairLocks;

    public bool IsRemote => real.IsRemote;

    public async ValueTask<IBookLock> LockAsync(BookName book, long after = long.MaxValue)
    {
        var held = await real.LockAsync(book, after);
        locks++;
        return held;
    }

    public ValueTask<AsOf<Account?>> GetAccountAsync(BookName book, long account, long? at, CancellationToken cancellationToken) =>
        real.GetAccountAsync(book, account, at, cancellationToken);

    public ValueTask<IReadOnlyCollection<BookName>> FindBooksWithDueHoldsAsync(Instant until, CancellationToken cancellationToken) =>
        real.FindBooksWithDueHoldsAsync(until, cancellationToken);

    public ValueTask<AsOf<Hold?>> GetHoldAsync(BookName book, long hold, long? at, CancellationToken cancellationToken) =>
        real.GetHoldAsync(book, hold, at, cancellationToken);

    public ValueTask<AsOf<Page<Hold>>> ListHoldsAsync(
        BookName book, HoldFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        real.ListHoldsAsync(book, filter, page, cancellationToken);

    public ValueTask<IReadOnlyDictionary<long, ReversalsOf>> GetReversalsAsync(
        BookName book, IReadOnlyCollection<Operation> originals, long? at, int limit, CancellationToken cancellationToken) =>
        real.GetReversalsAsync(book, originals, at, limit, cancellationToken);

    public ValueTask<AsOf<Account?>> GetAccountNowAsync(
        BookName book, long account, KnownAccounts known, CancellationToken cancellationToken) =>
        real.GetAccountNowAsync(book, account, known, cancellationToken);

    public ValueTask<AsOf<Page<Account>>> ListAccountsAsync(
        BookName book, AccountFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        real.ListAccountsAsync(book, filter, page, cancellationToken);

    public ValueTask<AsOf<Customer?>> GetCustomerAsync(BookName book, long customer, CancellationToken cancellationToken) =>
        real.GetCustomerAsync(book, customer, cancellationToken);

    public ValueTask<Customer?> GetCustomerAsOfAsync(BookName book, long customer, long at, CancellationToken cancellationToken) =>
        real.GetCustomerAsOfAsync(book, customer, at, cancellationToken);

    public ValueTask<IReadOnlyList<long>> FindCustomersByNameAsync(
        BookName book, string name, bool isPrefix, long at, int limit, CancellationToken cancellationToken) =>
        real.FindCustomersByNameAsync(book, name, isPrefix, at, limit, cancellationToken);

    public ValueTask<IReadOnlyList<Party>> ReadPartiesAsync(
        BookName book, IReadOnlyCollection<long> accounts, long at, CancellationToken cancellationToken) =>
        real.ReadPartiesAsync(book, accounts, at, cancellationToken);

    public ValueTask<IReadOnlyList<AccountEntry>> ReadEntriesAsync(
        BookName book, long account, EntryKey after, long upTo, int limit, CancellationToken cancellationToken) =>
        real.ReadEntriesAsync(book, account, after, upTo, limit, cancellationToken);

    public ValueTask<IReadOnlyDictionary<long, EntrySums>> SumEntriesAsync(
        BookName book, IReadOnlyCollection<long> accounts, long after, long upTo, CancellationToken cancellationToken) =>
        real.SumEntriesAsync(book, accounts, after, upTo, cancellationToken);

    public ValueTask<AsOf<Page<Customer>>> ListCustomersAsync(
        BookName book, CustomerFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        real.ListCustomersAsync(book, filter, page, cancellationToken);

    public ValueTask<Operation?> GetOperationAsync(BookName book, long number, CancellationToken cancellationToken) =>
        real.GetOperationAsync(book, number, cancellationToken);

    public ValueTask<IReadOnlyList<Operation>> GetGroupsAsync(
        BookName book, IReadOnlyCollection<long> lasts, CancellationToken cancellationToken) =>
        real.GetGroupsAsync(book, lasts, cancellationToken);

    public ValueTask<Page<Operation>> ListOperationsAsync(
        BookName book, OperationFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        real.ListOperationsAsync(book, filter, page, cancellationToken);

    public ValueTask<IReadOnlyList<Operation>> ReadJournalAsync(
        BookName book, long after, int limit, CancellationToken cancellationToken) =>
        real.ReadJournalAsync(book, after, limit, cancellationToken);

    public ValueTask<long> FindNumberAtAsync(BookName book, Instant at, CancellationToken cancellationToken) =>
        real.FindNumberAtAsync(book, at, cancellationToken);

    public ValueTask<IReadOnlyList<Quote>> GetNewestQuotesAsync(BookName book, DateOnly day, CancellationToken cancellationToken) =>
        real.GetNewestQuotesAsync(book, day, cancellationToken);

    public ValueTask<Page<Quote>> ListQuotesAsync(
        BookName book, string currency, DateOnly? since, DateOnly? until, PageRequest page, CancellationToken cancellationToken) =>
        real.ListQuotesAsync(book, currency, since, until, page, cancellationToken);

    public ValueTask<ApiKey?> FindKeyAsync(Digest digest, CancellationToken cancellationToken) =>
        real.FindKeyAsync(digest, cancellationToken);

    public ValueTask<IReadOnlyList<ApiKey>> ListKeysAsync(BookName? book, CancellationToken cancellationToken) =>
        real.ListKeysAsync(book, cancellationToken);

    public ValueTask<bool> AddKeyAsync(ApiKey key, CancellationToken cancellationToken, Action? beforeStoring = null) =>
        real.AddKeyAsync(key, cancellationToken, beforeStoring);

    public ValueTask<ApiKey?> ChangeKeyAsync(
        BookName? book, KeyName name, Func<ApiKey, IReadOnlyList<ApiKey>, ApiKey?> change, CancellationToken cancellationToken) =>
        real.ChangeKeyAsync(book, name, change, cancellationToken);

    public ValueTask NoteUseAsync(BookName? book, KeyName name, Instant at, CancellationToken cancellationToken) =>
        real.NoteUseAsync(book, name, at, cancellationToken);

    public ValueTask<ApiKey?> RevokeKeyAsync(BookName? book, KeyName name, Instant at, CancellationToken cancellationToken) =>
        real.RevokeKeyAsync(book, name, at, cancellationToken);
}
