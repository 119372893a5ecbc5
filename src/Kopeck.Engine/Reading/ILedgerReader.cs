using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Engine.Reading;

/// <summary>Reads of one book. Each answer is consistent in itself and reflects everything that was committed before the call.</summary>
public interface ILedgerReader
{
    /// <summary>An account now, or as a number left it (null before it was opened).</summary>
    ValueTask<AsOf<Account?>> GetAccountAsync(BookName book, long account, long? at, CancellationToken cancellationToken);

    /// <summary>A hold now, or as a number left it (null before it was placed).</summary>
    ValueTask<AsOf<Hold?>> GetHoldAsync(BookName book, long hold, long? at, CancellationToken cancellationToken);

    /// <summary>Holds by id, as they are now, without their captures.</summary>
    ValueTask<AsOf<Page<Hold>>> ListHoldsAsync(BookName book, HoldFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>What was reversed of operations, of those of them that moved money, as a number left them.</summary>
    /// <param name="limit">How many legs of reversals of each.</param>
    ValueTask<IReadOnlyDictionary<long, ReversalsOf>> GetReversalsAsync(
        BookName book, IReadOnlyCollection<Operation> originals, long? at, int limit, CancellationToken cancellationToken);

    /// <summary>Accounts by id.</summary>
    ValueTask<AsOf<Page<Account>>> ListAccountsAsync(
        BookName book, AccountFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>A customer now.</summary>
    ValueTask<AsOf<Customer?>> GetCustomerAsync(BookName book, long customer, CancellationToken cancellationToken);

    /// <summary>Customers by id.</summary>
    ValueTask<AsOf<Page<Customer>>> ListCustomersAsync(
        BookName book, CustomerFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>An operation, with its personal values where they were not erased.</summary>
    ValueTask<Operation?> GetOperationAsync(BookName book, long number, CancellationToken cancellationToken);

    /// <summary>All operations of the groups that end with these numbers, by number.</summary>
    ValueTask<IReadOnlyList<Operation>> GetGroupsAsync(BookName book, IReadOnlyCollection<long> lasts, CancellationToken cancellationToken);

    /// <summary>Operations by number. With an account or a customer: those that touched it.</summary>
    ValueTask<Page<Operation>> ListOperationsAsync(
        BookName book, OperationFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Operations after a number, in order, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<Operation>> ReadJournalAsync(BookName book, long after, int limit, CancellationToken cancellationToken);

    /// <summary>The number of the last operation whose instant is not after a moment; 0 before the first.</summary>
    ValueTask<long> FindNumberAtAsync(BookName book, Instant at, CancellationToken cancellationToken);

    /// <summary>
    /// For each currency, the newest quote by date, then revision, whose date is not after a day, however old. By currency.
    /// </summary>
    ValueTask<IReadOnlyList<Quote>> GetNewestQuotesAsync(BookName book, DateOnly day, CancellationToken cancellationToken);

    /// <summary>
    /// Every revision of a currency's quotes whose date is in a period (since inclusive, until exclusive), by date, then revision.
    /// </summary>
    ValueTask<Page<Quote>> ListQuotesAsync(
        BookName book, string currency, DateOnly? since, DateOnly? until, PageRequest page, CancellationToken cancellationToken);

    /// <summary>A customer as a number left it; null before it was registered. Erased values are gone for every number.</summary>
    ValueTask<Customer?> GetCustomerAsOfAsync(BookName book, long customer, long at, CancellationToken cancellationToken);

    /// <summary>
    /// Customers who had a name as a number left it, or one that begins so: by name, then by since when, at most <paramref name="limit"/>.
    /// Names are compared folded; those of erased customers are gone for every number.
    /// </summary>
    ValueTask<IReadOnlyList<long>> FindCustomersByNameAsync(
        BookName book, string name, bool isPrefix, long at, int limit, CancellationToken cancellationToken);

    /// <summary>Whose accounts they are, with the names as a number left them. Accounts that do not exist are left out.</summary>
    ValueTask<IReadOnlyList<Party>> ReadPartiesAsync(
        BookName book, IReadOnlyCollection<long> accounts, long at, CancellationToken cancellationToken);

    /// <summary>
    /// An account's entries after a key, up to a number, in order, at most <paramref name="limit"/>, with what their operations say of
    /// them.
    /// </summary>
    ValueTask<IReadOnlyList<AccountEntry>> ReadEntriesAsync(
        BookName book, long account, EntryKey after, long upTo, int limit, CancellationToken cancellationToken);

    /// <summary>The sums of accounts' entries after a number, up to another. Accounts without entries there are left out.</summary>
    ValueTask<IReadOnlyDictionary<long, EntrySums>> SumEntriesAsync(
        BookName book, IReadOnlyCollection<long> accounts, long after, long upTo, CancellationToken cancellationToken);
}
