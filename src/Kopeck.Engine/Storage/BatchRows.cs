using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Engine.Storage;

/// <summary>A row of <c>entries</c>.</summary>
public readonly record struct EntryRow(long Account, long Number, int Place, long Amount, long Balance);

/// <summary>A row of <c>account_changes</c>.</summary>
public readonly record struct AccountChangeRow(long Account, long Number, AccountStatus Status, long? Floor);

/// <summary>A row of <c>customers</c>.</summary>
public readonly record struct CustomerRow(long Customer, CountryCode Country, long Changed, bool IsErased);

/// <summary>A row of <c>customer_changes</c>.</summary>
public readonly record struct CustomerChangeRow(long Customer, long Number);

/// <summary>A row of <c>personal_values</c> that is in force; the customer's rows before it no longer are.</summary>
public sealed record PersonalRow(long Number, PersonalValues Values);

/// <summary>A row of <c>idempotency_keys</c>.</summary>
public readonly record struct KeyRow(KeyDigest Digest, long Number);

/// <summary>The rows that a run of operations makes: what a commit writes, what a rebuild writes again, and what verification compares with.</summary>
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

    /// <summary>Accounts that the batch opened, as it left them. Balances are not part of their rows: they are those of the last entries.</summary>
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

    /// <summary>New personal values, in order: a later one of the same customer supersedes an earlier one. Those of <see cref="ErasedCustomers"/> are left out.</summary>
    public List<PersonalRow> Personal { get; } = [];

    /// <summary>Customers whose personal values, past and present, are deleted.</summary>
    public List<long> ErasedCustomers { get; } = [];

    /// <summary>New quotes.</summary>
    public List<Quote> Quotes { get; } = [];

    /// <summary>New idempotency keys.</summary>
    public List<KeyRow> Keys { get; } = [];
}
