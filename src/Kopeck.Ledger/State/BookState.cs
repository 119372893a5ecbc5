using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.State;

/// <summary>
/// A book in memory at its head: the fold of its journal, as far as it is known. What was neither loaded nor applied is unknown,
/// and the caller loads it before it decides. Not for concurrent use.
/// </summary>
public sealed partial class BookState
{
    readonly Dictionary<long, Account> accounts = [];
    readonly Dictionary<(AccountKind, string), long> systemAccounts = [];
    readonly Dictionary<long, Customer?> customers = [];
    readonly Dictionary<CustomerCode, long?> customerCodes = [];
    readonly Dictionary<AccountCode, long?> accountCodes = [];
    readonly Dictionary<KeyDigest, long> keys = [];
    readonly HashSet<long> absentAccounts = [];
    readonly UndoLog undo = new();

    /// <summary>A book at a head, with its system accounts and quotes yet to be added.</summary>
    public BookState(BookName book, Currency baseCurrency, int quoteMaxAgeDays, Head head)
    {
        Book = book;
        BaseCurrency = baseCurrency;
        Head = head;
        Quotes = new QuoteTable(baseCurrency, quoteMaxAgeDays);
    }

    /// <summary>The book.</summary>
    public BookName Book { get; }

    /// <summary>The currency that quotes are in.</summary>
    public Currency BaseCurrency { get; }

    /// <summary>The last operation that was applied.</summary>
    public Head Head { get; private set; }

    /// <summary>The quotes that are or will be in force.</summary>
    public QuoteTable Quotes { get; }

    /// <summary>How many accounts are in memory.</summary>
    public int KnownAccounts => accounts.Count;

    /// <summary>How many keys, codes, customers and absent ids are in memory.</summary>
    public int KnownLookups => keys.Count + customers.Count + customerCodes.Count + accountCodes.Count + absentAccounts.Count;

    /// <summary>An account; null when there is none.</summary>
    public Account? FindAccount(long id) => accounts.GetValueOrDefault(id);

    /// <summary>The system account of a currency; null when it was not opened yet.</summary>
    public Account? FindSystemAccount(AccountKind kind, Currency currency) =>
        systemAccounts.TryGetValue((kind, currency.Code), out var id) ? accounts[id] : null;

    /// <summary>A customer; null when there is none.</summary>
    public Customer? FindCustomer(long id) => customers.GetValueOrDefault(id);

    /// <summary>Which customer has a code now.</summary>
    public long? FindCustomerByCode(CustomerCode code) => customerCodes.GetValueOrDefault(code);

    /// <summary>Which account has a code.</summary>
    public long? FindAccountByCode(AccountCode code) => accountCodes.GetValueOrDefault(code);

    /// <summary>The last operation of the group that used a key.</summary>
    public long? FindKey(KeyDigest key) => keys.TryGetValue(key, out var number) ? number : null;

    /// <summary>Removes from needs what is known already.</summary>
    public void ReduceToUnknown(Needs needs)
    {
        needs.Accounts.RemoveWhere(id => accounts.ContainsKey(id) || absentAccounts.Contains(id));
        needs.Customers.RemoveWhere(customers.ContainsKey);
        needs.CustomerCodes.RemoveWhere(customerCodes.ContainsKey);
        needs.AccountCodes.RemoveWhere(accountCodes.ContainsKey);
        needs.Keys.RemoveWhere(keys.ContainsKey);
    }

    /// <summary>Adds an account as of the head.</summary>
    public void Load(Account account)
    {
        accounts[account.Id] = account;
        if (account.IsSystem)
            systemAccounts[(account.Kind, account.Currency.Code)] = account.Id;
    }

    /// <summary>Adds what was looked up as of the head. What was asked for and not found does not exist.</summary>
    public void Load(Needs asked, IEnumerable<Account> foundAccounts, IEnumerable<Customer> foundCustomers,
        IReadOnlyDictionary<CustomerCode, long> foundCustomerCodes, IReadOnlyDictionary<AccountCode, long> foundAccountCodes, IReadOnlyDictionary<KeyDigest, long> foundKeys)
    {
        foreach (var account in foundAccounts)
            Load(account);
        foreach (var id in asked.Accounts)
        {
            if (!accounts.ContainsKey(id))
                absentAccounts.Add(id);
        }

        foreach (var id in asked.Customers)
            customers.TryAdd(id, null);
        foreach (var customer in foundCustomers)
            customers[customer.Id] = customer;
        foreach (var code in asked.CustomerCodes)
            customerCodes[code] = foundCustomerCodes.TryGetValue(code, out var owner) ? owner : null;
        foreach (var code in asked.AccountCodes)
            accountCodes[code] = foundAccountCodes.TryGetValue(code, out var owner) ? owner : null;
        foreach (var (key, number) in foundKeys)
            keys[key] = number;
    }

    /// <summary>Takes what was applied before a mark as final: it can no longer be undone. What is known stays known. What was applied since counts its marks anew.</summary>
    /// <param name="mark">Where what is not final begins.</param>
    /// <param name="at">When the last final operation was.</param>
    public void Confirm(int mark, Instant at)
    {
        undo.Forget(mark);
        Quotes.Trim(at.Date);
    }

    /// <summary>Forgets what is only needed while a batch is decided: keys, codes, customers, and ids that do not exist. Accounts stay, up to a limit.</summary>
    public void ForgetLookups(int maxAccounts)
    {
        undo.Clear();
        customers.Clear();
        customerCodes.Clear();
        accountCodes.Clear();
        keys.Clear();
        absentAccounts.Clear();
        Quotes.Trim(Head.At.Date);
        if (accounts.Count <= maxAccounts)
            return;
        var system = systemAccounts.Values.Select(id => accounts[id]).ToList();
        accounts.Clear();
        foreach (var account in system)
            Load(account);
    }

    /// <summary>Takes what was applied as final: it can no longer be undone, and its keys are forgotten. For replays of a whole journal.</summary>
    public void Settle()
    {
        undo.Clear();
        keys.Clear();
        Quotes.Trim(Head.At.Date);
    }

    /// <summary>All accounts in memory.</summary>
    public IEnumerable<Account> Accounts => accounts.Values;

    /// <summary>All customers in memory.</summary>
    public IEnumerable<Customer> Customers => customers.Values.OfType<Customer>();

    /// <summary>A place to come back to by <see cref="RollBack"/>.</summary>
    public int Mark() => undo.Count;

    /// <summary>Undoes everything that was applied since a mark.</summary>
    public void RollBack(int mark) => undo.RollBack(mark);
}
