using Kopeck.Engine.Keys;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.Reversals;

namespace Kopeck.Engine.Storage;

/// <summary>
/// The rows that a run of operations makes: what a commit writes, what a rebuild writes again, and what verification compares with.
/// </summary>
public sealed class BatchRows
{
    /// <summary>The row that must be there, to the letter; null for a batch that opens the book.</summary>
    public required BookRow? Expected { get; init; }

    /// <summary>The row from then on.</summary>
    public required BookRow Next { get; init; }

    /// <summary>The book.</summary>
    public BookName Book => Next.Book;

    /// <summary>Journal rows, in order; their personal values are in <see cref="Personal"/>.</summary>
    public List<Operation> Operations { get; } = [];

    /// <summary>New entries.</summary>
    public List<EntryRow> Entries { get; } = [];

    /// <summary>
    /// Accounts that the batch opened, as it left them. Balances are not part of their rows: they are those of the last entries.
    /// </summary>
    public List<Account> OpenedAccounts { get; } = [];

    /// <summary>Accounts that were there before and whose status or floor the batch changed, as it left them.</summary>
    public List<Account> ChangedAccounts { get; } = [];

    /// <summary>New account changes.</summary>
    public List<AccountChangeRow> AccountChanges { get; } = [];

    /// <summary>Customers that the batch registered, as it left them.</summary>
    public List<CustomerRow> RegisteredCustomers { get; } = [];

    /// <summary>Customers that were there before and that the batch changed, as it left them.</summary>
    public List<CustomerRow> ChangedCustomers { get; } = [];

    /// <summary>New customer changes.</summary>
    public List<CustomerChangeRow> CustomerChanges { get; } = [];

    /// <summary>
    /// New personal values, in order: a later one of the same customer supersedes an earlier one. Those of <see cref="ErasedCustomers"/>
    /// are left out.
    /// </summary>
    public List<PersonalRow> Personal { get; } = [];

    /// <summary>Customers whose personal values, past and present, are deleted.</summary>
    public List<long> ErasedCustomers { get; } = [];

    /// <summary>New quotes.</summary>
    public List<Quote> Quotes { get; } = [];

    /// <summary>New hold entries.</summary>
    public List<HoldEntryRow> HoldEntries { get; } = [];

    /// <summary>Holds that the batch placed, as it left them.</summary>
    public List<Hold> PlacedHolds { get; } = [];

    /// <summary>Holds that were there before, as the batch left them.</summary>
    public List<HoldStateRow> ChangedHolds { get; } = [];

    /// <summary>New captures.</summary>
    public List<CaptureRow> Captures { get; } = [];

    /// <summary>New reversals, leg by leg.</summary>
    public List<ReversalRow> Reversals { get; } = [];

    /// <summary>
    /// Operations of which something was reversed, as the batch left them: new rows, or new values of rows that are there.
    /// </summary>
    public List<ReversedOperationRow> ReversedOperations { get; } = [];

    /// <summary>New idempotency keys.</summary>
    public List<KeyRow> Keys { get; } = [];

    /// <summary>API keys that come with a book that the batch opens. They are no part of the journal.</summary>
    public List<ApiKey> ApiKeys { get; } = [];
}
