using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Reference;
using Npgsql;
using NpgsqlTypes;

namespace Kopeck.Postgres.Writing;

/// <summary>The commands that write the rows of a batch: each table's rows as arrays through <c>unnest</c>. Every command names one book.</summary>
static class BatchCommands
{
    // The guard: another head, hash or epoch puts NULL into a column that takes none, and a book that is not there divides by zero. Both raise.
    const string MoveBook = """
        WITH moved AS (
          UPDATE books SET
            head_number = CASE WHEN head_number = $2 AND head_hash = $3 AND epoch = $4 AND first_hash = $5 THEN $6 ELSE NULL END,
            head_hash = $7, head_at = $8, quotes_hash = $9
          WHERE book = $1
          RETURNING 1)
        SELECT 1 / count(*) FROM moved
        """;

    const string InsertBook = """
        INSERT INTO books (book, base_currency, quote_max_age_days, head_number, head_hash, head_at, epoch, first_hash, quotes_hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    const string InsertOperations = """
        INSERT INTO operations (book, number, group_number, kind, at, actor, key, fingerprint, body, entries, hash)
        SELECT $1, row.* FROM unnest($2::bigint[], $3::bigint[], $4::smallint[], $5::bigint[], $6::text[], $7::text[], $8::bytea[], $9::text[], $10::bytea[], $11::bytea[]) AS row
        """;

    // One operation with two entries, as where a caller waits for each answer: values cost the database less than arrays of one.
    const string InsertOperation = """
        INSERT INTO operations (book, number, group_number, kind, at, actor, key, fingerprint, body, entries, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    const string InsertTwoEntries = """
        INSERT INTO entries (book, account, number, place, amount, balance)
        VALUES ($1, $2, $3, $4, $5, $6), ($1, $7, $8, $9, $10, $11)
        """;

    const string InsertKey = "INSERT INTO idempotency_keys (book, digest, number) VALUES ($1, $2, $3)";

    const string InsertEntries = """
        INSERT INTO entries (book, account, number, place, amount, balance)
        SELECT $1, row.* FROM unnest($2::bigint[], $3::bigint[], $4::smallint[], $5::bigint[], $6::bigint[]) AS row
        """;

    const string InsertKeys = "INSERT INTO idempotency_keys (book, digest, number) SELECT $1, row.* FROM unnest($2::bytea[], $3::bigint[]) AS row";

    const string InsertAccounts = """
        INSERT INTO accounts (book, account, kind, customer, currency, minor_units, code, status, floor, held)
        SELECT $1, row.* FROM unnest($2::bigint[], $3::smallint[], $4::bigint[], $5::text[], $6::smallint[], $7::text[], $8::smallint[], $9::bigint[], $10::bigint[]) AS row
        """;

    const string UpdateAccounts = """
        UPDATE accounts SET status = row.status, floor = row.floor, held = row.held
        FROM unnest($2::bigint[], $3::smallint[], $4::bigint[], $5::bigint[]) AS row (account, status, floor, held)
        WHERE accounts.book = $1 AND accounts.account = row.account
        """;

    const string InsertAccountChanges = "INSERT INTO account_changes (book, account, number, status, floor) SELECT $1, row.* FROM unnest($2::bigint[], $3::bigint[], $4::smallint[], $5::bigint[]) AS row";

    const string InsertCustomers = "INSERT INTO customers (book, customer, country, changed, is_erased) SELECT $1, row.* FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::boolean[]) AS row";

    const string UpdateCustomers = """
        UPDATE customers SET country = row.country, changed = row.changed, is_erased = row.is_erased
        FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::boolean[]) AS row (customer, country, changed, is_erased)
        WHERE customers.book = $1 AND customers.customer = row.customer
        """;

    const string InsertCustomerChanges = "INSERT INTO customer_changes (book, customer, number) SELECT $1, row.* FROM unnest($2::bigint[], $3::bigint[]) AS row";

    const string ErasePersonal = "DELETE FROM personal_values WHERE book = $1 AND customer = ANY($2)";

    const string SupersedePersonal = "UPDATE personal_values SET is_current = false WHERE book = $1 AND customer = ANY($2) AND is_current";

    // The text is checked by the value's type already; numeric takes its digits as they are.
    const string InsertQuotes = """
        INSERT INTO quotes (book, currency, date, revision, rate, source)
        SELECT $1, row.currency, row.date, row.revision, row.rate::numeric, row.source
        FROM unnest($2::text[], $3::date[], $4::bigint[], $5::text[], $6::text[]) AS row (currency, date, revision, rate, source)
        """;

    static readonly string InsertPersonal = $"""
        INSERT INTO personal_values (book, number, customer, is_current, salt, name_folded{string.Concat(CustomerDetails.Columns.Select(column => ", " + column.Name))})
        SELECT $1, row.* FROM unnest($2::bigint[], $3::bigint[], $4::boolean[], $5::bytea[], $6::text[]{string.Concat(CustomerDetails.Columns.Select((_, index) => $", ${7 + index}::text[]"))}) AS row
        """;

    /// <summary>The guard, then everything else. The caller adds BEGIN before and COMMIT after.</summary>
    public static void Add(NpgsqlBatch batch, BatchRows rows)
    {
        AddGuard(batch, rows);
        AddOperations(batch, rows);
        AddDerived(batch, rows);
        AddPersonal(batch, rows);
    }

    /// <summary>What is derived from a journal that is there.</summary>
    public static void AddDerived(NpgsqlBatch batch, BatchRows rows)
    {
        var book = rows.Book.Value;
        if (rows.Entries is [var first, var second])
        {
            AddEntry(AddEntry(Command(batch, InsertTwoEntries, book), first), second);
        }
        else if (rows.Entries is { Count: > 0 } entries)
        {
            Command(batch, InsertEntries, book)
                .Add(Column(entries, row => row.Account)).Add(Column(entries, row => row.Number)).Add(Column(entries, row => (short)row.Place))
                .Add(Column(entries, row => row.Amount)).Add(Column(entries, row => row.Balance));
        }

        if (rows.Keys is [var only])
            Command(batch, InsertKey, book).Add(only.Digest.ToBytes()).Add(only.Number);
        else if (rows.Keys is { Count: > 0 } keys)
            Command(batch, InsertKeys, book).Add(Column(keys, row => row.Digest.ToBytes())).Add(Column(keys, row => row.Number));
        AddAccounts(batch, rows, book);
        AddCustomers(batch, rows, book);
        if (rows.Quotes is { Count: > 0 } quotes)
        {
            Command(batch, InsertQuotes, book)
                .Add(Column(quotes, row => row.Currency)).Add(Column(quotes, row => row.Date)).Add(Column(quotes, row => row.Revision))
                .Add(Column(quotes, row => row.Rate.ToString())).Add(Column(quotes, row => row.Source.Value));
        }
    }

    static void AddGuard(NpgsqlBatch batch, BatchRows rows)
    {
        var next = rows.Next;
        if (rows.Expected is not { } expected)
        {
            Command(batch, InsertBook, next.Book.Value)
                .Add(next.BaseCurrency).Add(next.QuoteMaxAgeDays).Add(next.Head.Number).Add(next.Head.Hash.ToBytes())
                .Add(next.Head.At.Microseconds).Add(next.Epoch).Add(next.FirstHash.ToBytes()).AddOptional(next.QuotesHash?.ToBytes(), NpgsqlDbType.Bytea);
            return;
        }

        Command(batch, MoveBook, next.Book.Value)
            .Add(expected.Head.Number).Add(expected.Head.Hash.ToBytes()).Add(expected.Epoch).Add(expected.FirstHash.ToBytes())
            .Add(next.Head.Number).Add(next.Head.Hash.ToBytes()).Add(next.Head.At.Microseconds).AddOptional(next.QuotesHash?.ToBytes(), NpgsqlDbType.Bytea);
    }

    static void AddOperations(NpgsqlBatch batch, BatchRows rows)
    {
        if (rows.Operations is [var only])
        {
            AddOperation(Command(batch, InsertOperation, rows.Book.Value), only);
            return;
        }

        var operations = rows.Operations;
        var bodies = new byte[operations.Count][];
        var entries = new byte[operations.Count][];
        for (var index = 0; index < operations.Count; index++)
        {
            (bodies[index], entries[index]) = Bytes(operations[index]);
        }

        Command(batch, InsertOperations, rows.Book.Value)
            .Add(Column(operations, row => row.Number)).Add(Column(operations, row => row.Group)).Add(Column(operations, row => (short)row.Kind))
            .Add(Column(operations, row => row.At.Microseconds)).Add(Column(operations, row => row.Actor.Value)).Add(Column(operations, row => row.Key?.Value))
            .Add(Column(operations, row => row.Fingerprint.ToBytes())).Add(bodies, NpgsqlDbType.Array | NpgsqlDbType.Text).Add(entries).Add(Column(operations, row => row.Hash.ToBytes()));
    }

    static void AddOperation(NpgsqlBatchCommand command, Operation row)
    {
        var (body, entries) = Bytes(row);
        command.Add(row.Number).Add(row.Group).Add((short)row.Kind).Add(row.At.Microseconds).Add(row.Actor.Value).AddOptional(row.Key?.Value, NpgsqlDbType.Text)
            .Add(row.Fingerprint.ToBytes()).Add(body, NpgsqlDbType.Text).Add(entries).Add(row.Hash.ToBytes());
    }

    static NpgsqlBatchCommand AddEntry(NpgsqlBatchCommand command, EntryRow row) =>
        command.Add(row.Account).Add(row.Number).Add((short)row.Place).Add(row.Amount).Add(row.Balance);

    static (byte[] Body, byte[] Entries) Bytes(Operation operation) =>
        (operation.Canonical?.Body ?? BodyJson.Write(operation.Body), operation.Canonical?.Entries ?? EntriesBlob.Write(operation.Entries));

    static void AddAccounts(NpgsqlBatch batch, BatchRows rows, string book)
    {
        if (rows.OpenedAccounts is { Count: > 0 } opened)
        {
            Command(batch, InsertAccounts, book)
                .Add(Column(opened, row => row.Id)).Add(Column(opened, row => (short)row.Kind)).Add(Column(opened, row => row.Customer))
                .Add(Column(opened, row => row.Currency.Code)).Add(Column(opened, row => (short)row.Currency.MinorUnits)).Add(Column(opened, row => row.Code?.Value))
                .Add(Column(opened, row => (short)row.Status)).Add(Column(opened, row => row.Floor)).Add(Column(opened, row => row.Held));
        }

        if (rows.ChangedAccounts is { Count: > 0 } changed)
        {
            Command(batch, UpdateAccounts, book)
                .Add(Column(changed, row => row.Id)).Add(Column(changed, row => (short)row.Status)).Add(Column(changed, row => row.Floor)).Add(Column(changed, row => row.Held));
        }

        if (rows.AccountChanges is { Count: > 0 } changes)
        {
            Command(batch, InsertAccountChanges, book)
                .Add(Column(changes, row => row.Account)).Add(Column(changes, row => row.Number)).Add(Column(changes, row => (short)row.Status)).Add(Column(changes, row => row.Floor));
        }
    }

    static void AddCustomers(NpgsqlBatch batch, BatchRows rows, string book)
    {
        if (rows.RegisteredCustomers is { Count: > 0 } registered)
            AddCustomerRows(Command(batch, InsertCustomers, book), registered);
        if (rows.ChangedCustomers is { Count: > 0 } changed)
            AddCustomerRows(Command(batch, UpdateCustomers, book), changed);
        if (rows.CustomerChanges is { Count: > 0 } changes)
            Command(batch, InsertCustomerChanges, book).Add(Column(changes, row => row.Customer)).Add(Column(changes, row => row.Number));
    }

    static void AddCustomerRows(NpgsqlBatchCommand command, List<CustomerRow> rows) =>
        command.Add(Column(rows, row => row.Customer)).Add(Column(rows, row => row.Country.Value)).Add(Column(rows, row => row.Changed)).Add(Column(rows, row => row.IsErased));

    static void AddPersonal(NpgsqlBatch batch, BatchRows rows)
    {
        var book = rows.Book.Value;
        // Erased first: a code that an erasure freed may be taken again in the same batch.
        if (rows.ErasedCustomers.Count > 0)
            Command(batch, ErasePersonal, book).Add(rows.ErasedCustomers.ToArray());
        if (rows.Personal.Count == 0)
            return;
        Command(batch, SupersedePersonal, book).Add(rows.Personal.Select(row => row.Values.Customer).Distinct().ToArray());
        var last = new Dictionary<long, long>();
        foreach (var row in rows.Personal)
            last[row.Values.Customer] = row.Number;
        // Those that the batch itself superseded first, so that a code that moved is never in force twice.
        var personal = rows.Personal;
        var command = Command(batch, InsertPersonal, book)
            .Add(Column(personal, row => row.Number)).Add(Column(personal, row => row.Values.Customer)).Add(Column(personal, row => last[row.Values.Customer] == row.Number))
            .Add(Column(personal, row => row.Values.Salt.ToBytes())).Add(Column(personal, row => TextFold.Fold(row.Values.Details.Name.Value)));
        for (var column = 0; column < CustomerDetails.Columns.Count; column++)
        {
            var place = column;
            command.Add(Column(personal, row => row.Values.Details[place]));
        }
    }

    static NpgsqlBatchCommand Command(NpgsqlBatch batch, string sql, string book)
    {
        var command = new NpgsqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return command.Add(book);
    }

    static TColumn[] Column<TRow, TColumn>(List<TRow> rows, Func<TRow, TColumn> value)
    {
        var column = new TColumn[rows.Count];
        for (var index = 0; index < column.Length; index++)
            column[index] = value(rows[index]);
        return column;
    }
}
