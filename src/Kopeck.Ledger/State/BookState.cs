using Kopeck.Ledger.Accounts;
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
    readonly Dictionary<(AccountKind, Currency), long> systemAccounts = [];
    readonly Dictionary<long, Customer?> customers = [];
    readonly Dictionary<CustomerCode, long?> customerCodes = [];
    readonly Dictionary<AccountCode, long?> accountCodes = [];
    readonly Dictionary<KeyDigest, long> keys = [];
    readonly HashSet<long> absentAccounts = [];
    readonly UndoLog undo = new();

    // Behind the last quote that can still be undone.
    int quotesMark;

    /// <summary>A book at a head, with its system accounts and quotes yet to be added.</summary>
    public BookState(BookName book, string baseCurrency, BookTerms terms, Head head, long termsNumber = 1)
    {
        Book = book;
        BaseCurrency = baseCurrency;
        Head = head;
        Quotes = new QuoteTable(baseCurrency) { MaxAgeDays = terms.QuoteMaxAgeDays };
        (Terms, TermsNumber) = (terms, termsNumber);
    }

    /// <summary>The book.</summary>
    public BookName Book { get; }

    /// <summary>What the salts of its journal's leaves are made from.</summary>
    public BookSecret Secret { get; init; }

    /// <summary>The code of the currency that quotes are in, whatever ISO 4217 says of it by now.</summary>
    public string BaseCurrency { get; }

    /// <summary>Its terms since the last operation that changed them.</summary>
    public BookTerms Terms { get; private set; }

    /// <summary>The number of the operation that set the terms last; 1 before the first change.</summary>
    public long TermsNumber { get; private set; }

    /// <summary>The last operation that was applied.</summary>
    public Head Head { get; private set; }

    /// <summary>The quotes that are or will be in force.</summary>
    public QuoteTable Quotes { get; }

    /// <summary>How many accounts and holds are in memory.</summary>
    public int KnownAccounts => accounts.Count + holds.Count;

    /// <summary>How many keys, codes, customers and absent ids are in memory.</summary>
    public int KnownLookups =>
        keys.Count + customers.Count + customerCodes.Count + accountCodes.Count + absentAccounts.Count + originals.Count;

    /// <summary>An account; null when there is none.</summary>
    public Account? FindAccount(long id) => accounts.GetValueOrDefault(id);

    /// <summary>The system account of a currency with its minor unit; null when it was not opened yet.</summary>
    public Account? FindSystemAccount(AccountKind kind, Currency currency) =>
        systemAccounts.TryGetValue((kind, currency), out var id) ? accounts[id] : null;

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
        needs.Holds.RemoveWhere(holds.ContainsKey);
        needs.Originals.RemoveWhere(originals.ContainsKey);
        if (needs.DueUntil is { } until && KnowsDue(until))
            needs.DueUntil = null;
        needs.Customers.RemoveWhere(customers.ContainsKey);
        needs.CustomerCodes.RemoveWhere(customerCodes.ContainsKey);
        needs.AccountCodes.RemoveWhere(accountCodes.ContainsKey);
        needs.Keys.RemoveWhere(keys.ContainsKey);
    }

    /// <summary>
    /// Leaves out what is known already, which may be ahead of what was looked up: accounts and holds that were reached and not asked for.
    /// </summary>
    public LookedUp WithoutKnown(LookedUp found) => found.Holds.Count + found.Originals.Count == 0 && found.Due is null
        ? found
        : found with { Accounts = [.. found.Accounts.Where(account => !accounts.ContainsKey(account.Id))] };

    /// <summary>Adds an account as of the head.</summary>
    public void Load(Account account)
    {
        accounts[account.Id] = account;
        if (account.IsSystem)
            systemAccounts[(account.Kind, account.Currency)] = account.Id;
    }

    /// <summary>Adds what was looked up as of the head. What was asked for and not found does not exist.</summary>
    public void Load(Needs asked, LookedUp found)
    {
        foreach (var account in found.Accounts)
            Load(account);
        foreach (var id in asked.Accounts)
        {
            if (!accounts.ContainsKey(id))
                absentAccounts.Add(id);
        }

        foreach (var hold in found.Holds)
            Load(hold);
        foreach (var id in asked.Holds)
            holds.TryAdd(id, null);
        foreach (var original in found.Originals)
            Load(original);
        foreach (var number in asked.Originals)
            originals.TryAdd(number, null);
        if (found.Due is { } due)
            LoadDue(due.Holds, due.Until, asked.DueUntil ?? default);
        foreach (var id in asked.Customers)
            customers.TryAdd(id, null);
        foreach (var customer in found.Customers)
            customers[customer.Id] = customer;
        foreach (var code in asked.CustomerCodes)
            customerCodes[code] = found.CustomerCodes.TryGetValue(code, out var owner) ? owner : null;
        foreach (var code in asked.AccountCodes)
            accountCodes[code] = found.AccountCodes.TryGetValue(code, out var owner) ? owner : null;
        foreach (var (key, number) in found.Keys)
            keys[key] = number;
    }

    /// <summary>
    /// Takes what was applied before a mark as final: it can no longer be undone. What is known stays known. What was applied since counts
    /// its marks anew.
    /// </summary>
    /// <param name="mark">Where what is not final begins.</param>
    /// <param name="at">When the last final operation was.</param>
    public void Confirm(int mark, Instant at)
    {
        undo.Forget(mark);
        quotesMark -= mark;
        // What a quote supersedes in force is needed again if that quote is undone.
        if (quotesMark <= 0)
            Quotes.Trim(at);
    }

    /// <summary>
    /// Forgets what is only needed while a batch is decided: keys, codes, customers, and ids that do not exist. Accounts stay, up to a
    /// limit.
    /// </summary>
    public void ForgetLookups(int maxAccounts)
    {
        undo.Clear();
        quotesMark = 0;
        customers.Clear();
        customerCodes.Clear();
        accountCodes.Clear();
        keys.Clear();
        absentAccounts.Clear();
        originals.Clear();
        ForgetClosedHolds();
        Quotes.Trim(Head.At);
        if (accounts.Count + holds.Count <= maxAccounts)
            return;
        ForgetHolds();
        var system = systemAccounts.Values.Select(id => accounts[id]).ToList();
        accounts.Clear();
        foreach (var account in system)
            Load(account);
    }

    /// <summary>
    /// Takes what was applied as final: it can no longer be undone, and its keys are forgotten. For replays of a whole journal.
    /// </summary>
    public void Settle()
    {
        undo.Clear();
        quotesMark = 0;
        keys.Clear();
        ForgetClosedHolds();
        Quotes.Trim(Head.At);
    }

    /// <summary>All accounts in memory.</summary>
    public IEnumerable<Account> Accounts => accounts.Values;

    /// <summary>All customers in memory.</summary>
    public IEnumerable<Customer> Customers => customers.Values.OfType<Customer>();

    /// <summary>A place to come back to by <see cref="RollBack"/>.</summary>
    public int Mark() => undo.Count;

    /// <summary>Undoes everything that was applied since a mark.</summary>
    public void RollBack(int mark)
    {
        undo.RollBack(mark);
        quotesMark = Math.Min(quotesMark, mark);
    }
}
