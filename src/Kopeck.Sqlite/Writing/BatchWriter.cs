using System.Globalization;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Reference;
using Kopeck.Sqlite.Native;

namespace Kopeck.Sqlite.Writing;

/// <summary>Writes the rows of a batch. The caller begins and commits.</summary>
static class BatchWriter
{
    // The guard: another head, hash or epoch puts NULL into a column that takes none, and so raises by itself.
    const string MoveBook = """
        UPDATE books SET
          head_number = CASE WHEN head_number = ?1 AND head_hash = ?2 AND epoch = ?3 AND first_hash = ?4 THEN ?5 ELSE NULL END,
          head_hash = ?6, head_at = ?7, quotes_hash = ?8
        WHERE book = ?9
        RETURNING epoch
        """;

    const string InsertBook = """
        INSERT INTO books (book, base_currency, quote_max_age_days, head_number, head_hash, head_at, epoch, first_hash, quotes_hash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """;

    const string InsertOperation = """
        INSERT INTO operations (book, number, group_number, kind, at, actor, key, fingerprint, body, entries, hash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """;

    const string InsertEntry = "INSERT INTO entries (book, account, number, place, amount, balance) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

    const string InsertAccount = """
        INSERT INTO accounts (book, account, kind, customer, currency, minor_units, code, status, floor, held)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        """;

    const string UpdateAccount = "UPDATE accounts SET status = ?1, floor = ?2, held = ?3 WHERE book = ?4 AND account = ?5";

    static readonly string InsertPersonal =
        $"INSERT INTO personal_values (book, number, customer, is_current, salt, name_folded{string.Concat(CustomerDetails.Columns.Select(column => ", " + column.Name))}) "
        + $"VALUES (?1, ?2, ?3, 1, ?4, ?5{string.Concat(CustomerDetails.Columns.Select((_, index) => ", ?" + (6 + index).ToString(CultureInfo.InvariantCulture)))})";

    /// <summary>Writes the guard first, then everything else; false when another node wrote first.</summary>
    public static bool Write(Connection connection, BatchRows rows)
    {
        if (!MoveGuard(connection, rows))
            return false;
        var book = rows.Book.Value;
        foreach (var operation in rows.Operations)
            Insert(connection, book, operation);
        WriteDerived(connection, book, rows);
        WritePersonal(connection, book, rows);
        return true;
    }

    /// <summary>Writes again what is derived from a journal that is there.</summary>
    public static void WriteRebuilt(Connection connection, BatchRows rows) => WriteDerived(connection, rows.Book.Value, rows);

    static void WriteDerived(Connection connection, string book, BatchRows rows)
    {
        var entries = connection.Prepare(InsertEntry);
        foreach (var entry in rows.Entries)
            entries.Bind(book).Bind(entry.Account).Bind(entry.Number).Bind(entry.Place).Bind(entry.Amount).Bind(entry.Balance).Execute();
        foreach (var account in rows.OpenedAccounts)
            Insert(connection, book, account);
        var updateAccount = connection.Prepare(UpdateAccount);
        foreach (var account in rows.ChangedAccounts)
            updateAccount.Bind((long)account.Status).Bind(account.Floor).Bind(account.Held).Bind(book).Bind(account.Id).Execute();
        var changes = connection.Prepare("INSERT INTO account_changes (book, account, number, status, floor) VALUES (?1, ?2, ?3, ?4, ?5)");
        foreach (var change in rows.AccountChanges)
            changes.Bind(book).Bind(change.Account).Bind(change.Number).Bind((long)change.Status).Bind(change.Floor).Execute();
        var keys = connection.Prepare("INSERT INTO idempotency_keys (book, digest, number) VALUES (?1, ?2, ?3)");
        foreach (var key in rows.Keys)
            keys.Bind(book).Bind(key.Digest.ToBytes()).Bind(key.Number).Execute();
        var quotes = connection.Prepare("INSERT INTO quotes (book, currency, date, revision, rate, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        foreach (var quote in rows.Quotes)
            quotes.Bind(book).Bind(quote.Currency).Bind(SqliteRows.Text(quote.Date)).Bind(quote.Revision).Bind(quote.Rate.ToString()).Bind(quote.Source.Value).Execute();
        WriteCustomers(connection, book, rows);
    }

    static void WriteCustomers(Connection connection, string book, BatchRows rows)
    {
        var insert = connection.Prepare("INSERT INTO customers (book, customer, country, changed, is_erased) VALUES (?1, ?2, ?3, ?4, ?5)");
        foreach (var customer in rows.RegisteredCustomers)
            insert.Bind(book).Bind(customer.Customer).Bind(customer.Country.Value).Bind(customer.Changed).Bind(customer.IsErased).Execute();
        var update = connection.Prepare("UPDATE customers SET country = ?1, changed = ?2, is_erased = ?3 WHERE book = ?4 AND customer = ?5");
        foreach (var customer in rows.ChangedCustomers)
            update.Bind(customer.Country.Value).Bind(customer.Changed).Bind(customer.IsErased).Bind(book).Bind(customer.Customer).Execute();
        var changes = connection.Prepare("INSERT INTO customer_changes (book, customer, number) VALUES (?1, ?2, ?3)");
        foreach (var change in rows.CustomerChanges)
            changes.Bind(book).Bind(change.Customer).Bind(change.Number).Execute();
    }

    static void WritePersonal(Connection connection, string book, BatchRows rows)
    {
        // Erased first: a code that an erasure freed may be taken again in the same batch.
        var erase = connection.Prepare("DELETE FROM personal_values WHERE book = ?1 AND customer = ?2");
        foreach (var customer in rows.ErasedCustomers)
            erase.Bind(book).Bind(customer).Execute();
        var supersede = connection.Prepare("UPDATE personal_values SET is_current = 0 WHERE book = ?1 AND customer = ?2 AND is_current");
        foreach (var row in rows.Personal)
        {
            supersede.Bind(book).Bind(row.Values.Customer).Execute();
            Insert(connection, book, row);
        }
    }

    static bool MoveGuard(Connection connection, BatchRows rows)
    {
        var next = rows.Next;
        try
        {
            if (rows.Expected is not { } expected)
            {
                connection.Prepare(InsertBook)
                    .Bind(next.Book.Value).Bind(next.BaseCurrency).Bind(next.QuoteMaxAgeDays).Bind(next.Head.Number).Bind(next.Head.Hash)
                    .Bind(next.Head.At.Microseconds).Bind(next.Epoch).Bind(next.FirstHash).Bind(next.QuotesHash).Execute();
                return true;
            }

            using var move = connection.Prepare(MoveBook)
                .Bind(expected.Head.Number).Bind(expected.Head.Hash).Bind(expected.Epoch).Bind(expected.FirstHash)
                .Bind(next.Head.Number).Bind(next.Head.Hash).Bind(next.Head.At.Microseconds).Bind(next.QuotesHash).Bind(next.Book.Value);
            return move.Step();
        }
        catch (SqliteFailureException failure) when (failure.IsConstraint)
        {
            return false;
        }
    }

    static void Insert(Connection connection, string book, Operation operation)
    {
        var canonical = operation.Canonical ?? new CanonicalBytes(BodyJson.Write(operation.Body), EntriesBlob.Write(operation.Entries));
        connection.Prepare(InsertOperation)
            .Bind(book).Bind(operation.Number).Bind(operation.Group).Bind((long)operation.Kind).Bind(operation.At.Microseconds).Bind(operation.Actor.Value)
            .Bind(operation.Key?.Value).Bind(operation.Fingerprint).BindText(canonical.Body).Bind(canonical.Entries).Bind(operation.Hash).Execute();
    }

    static void Insert(Connection connection, string book, Account account) =>
        connection.Prepare(InsertAccount)
            .Bind(book).Bind(account.Id).Bind((long)account.Kind).Bind(account.Customer).Bind(account.Currency.Code).Bind(account.Currency.MinorUnits)
            .Bind(account.Code?.Value).Bind((long)account.Status).Bind(account.Floor).Bind(account.Held).Execute();

    static void Insert(Connection connection, string book, PersonalRow row)
    {
        var details = row.Values.Details;
        var insert = connection.Prepare(InsertPersonal)
            .Bind(book).Bind(row.Number).Bind(row.Values.Customer).Bind(row.Values.Salt).Bind(TextFold.Fold(details.Name.Value));
        for (var column = 0; column < CustomerDetails.Columns.Count; column++)
            insert.Bind(details[column]);
        insert.Execute();
    }
}
