using System.Globalization;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Reference;
using Kopeck.Ledger.Reversals;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Verification;

/// <summary>
/// Replays a book from number 1 in one snapshot and compares everything that is derivable, down to the column. The API keys are not derived
/// and not compared.
/// </summary>
public sealed class Verifier
{
    const int ProgressEvery = 1_000;

    // Rows are made of so many operations at a time; of one where what is wrong with it is to be told.
    const int OperationsAtOnce = 256;

    readonly IVerificationSnapshot snapshot;
    readonly BookName book;
    readonly (long Number, Digest Hash)? knownHead;
    readonly Depth depth;
    readonly RowSum entries;
    readonly RowSum keys;
    readonly HoldRowChecks holds;
    readonly ulong[] sumKey = RowSum.NewKey();
    readonly Dictionary<string, long> expectedRows = new(StringComparer.Ordinal);
    readonly PersonalChecks personal;
    readonly List<Applied> applied = new(OperationsAtOnce);
    BookSecret secret;
    BookState? state;
    BookRow? row;
    Digest previous;
    Operation? last;

    Verifier(IVerificationSnapshot snapshot, BookName book, (long Number, Digest Hash)? knownHead, Depth depth)
    {
        this.snapshot = snapshot;
        this.book = book;
        this.knownHead = knownHead;
        this.depth = depth;
        entries = new RowSum(sumKey);
        keys = new RowSum(sumKey);
        holds = new HoldRowChecks(book, sumKey, Require);
        personal = new PersonalChecks(snapshot, depth == Depth.Journal);
    }

    /// <summary>Verifies a book.</summary>
    /// <param name="knownHead">A head that was noted elsewhere: finds also a tail that was rewritten or cut off consistently.</param>
    /// <param name="progress">Operations done and operations in all.</param>
    public static VerificationResult Verify(
        IVerificationStore store, BookName book, (long Number, Digest Hash)? knownHead = null, Action<long, long>? progress = null)
    {
        using var opened = store.OpenSnapshot(book);
        var result = new Verifier(opened, book, knownHead, Depth.Sums).Run(progress);
        // Sums say that something is wrong, not what: every row does, in the order of the journal.
        return result.Finding is not null
            && new Verifier(opened, book, knownHead, Depth.EveryRow).Run(progress) is { Finding: not null } exact ? exact : result;
    }

    /// <summary>Verifies the journal alone: what a rebuild starts from.</summary>
    public static VerificationResult VerifyJournal(IVerificationSnapshot opened, BookName book) =>
        new Verifier(opened, book, null, Depth.Journal).Run(null);

    VerificationResult Run(Action<long, long>? progress)
    {
        Finding? finding = null;
        try
        {
            secret = ReadSecret();
            var total = snapshot.Count(Tables.Operations.TableName);
            foreach (var read in ReadOperation.All(snapshot.Rows(Tables.Operations.TableName), secret))
            {
                Replay(read);
                if (last!.Number % ProgressEvery == 0)
                    progress?.Invoke(last.Number, total);
            }

            progress?.Invoke(last?.Number ?? 0, total);
            TakeRows();
            Finish();
        }
        catch (FindingException exception)
        {
            finding = exception.Finding;
        }
        catch (Exception exception) when (exception
            is LedgerLawException or ArithmeticException or ArgumentException or FormatException or InvalidOperationException
                or KeyNotFoundException)
        {
            // Rewritten with right hashes, but not by the rules: what cannot be folded is as wrong as what breaks a law.
            finding = new Finding(Tables.Operations.TableName, Number((last?.Number ?? 0) + 1), null, exception.Message);
        }

        return new VerificationResult(last?.Number ?? 0, previous.ToString(), finding);
    }

    void Replay(ReadOperation read)
    {
        var raw = read.Raw;
        var number = (last?.Number ?? 0) + 1;
        if (raw[1] is long before && before > 0 && before < number)
            throw Fail(before, Tables.Operations.Number, "the row is there twice");
        if (!Equals(raw[1], number))
            throw Fail(number, Tables.Operations.Number, $"the row is missing; the next is {RowChecks.Describe(raw[1])}");
        var operation = read.Operation ?? RawOperation.Read(raw, number);
        if (operation.Body is BookOpened opened && number == 1 && opened.SecretDigest != secret.Digest)
            throw RowChecks.Fail(
                Tables.Books.TableName, book.Value, Tables.Books.Secret.Name, "is not the secret that the book was opened with");
        if (OperationHash.Compute(previous, read.Leaves ?? OperationHash.Leaves(secret, operation, operation.Canonical!)) != operation.Hash)
            throw Fail(
                number, Tables.Operations.Hash,
                "does not cover this operation after the one before it: something in the row, or the row before it, was changed");
        CheckGroup(operation);
        operation = operation with { Personal = personal.Read(operation) };
        state ??= Open(operation);
        if (operation.Body is Reversed reversed)
            LoadOriginal(state, reversed.Original);
        if (KindList.Of(operation.Kind).Recheck(state, operation) is { } flaw)
            throw Fail(number, flaw.IsOfEntries ? Tables.Operations.Entries : Tables.Operations.Body, flaw.Problem);
        applied.Add(Applied.To(state, operation));
        if (depth == Depth.EveryRow || applied.Count == OperationsAtOnce)
            TakeRows();
        if (knownHead is { } known && known.Number == number && known.Hash != operation.Hash)
            throw Fail(
                number, Tables.Operations.Hash, $"is {operation.Hash}, but {known.Hash} was noted elsewhere: the history was rewritten");
        previous = operation.Hash;
        last = operation;
    }

    /// <summary>Makes the rows of what was applied, and compares them.</summary>
    void TakeRows()
    {
        if (applied.Count == 0)
            return;
        var rows = BatchRowsBuilder.Build(row, applied);
        applied.Clear();
        if (depth != Depth.Journal)
            holds.Add(rows, state!, depth == Depth.EveryRow);
        state!.Settle();
        row = rows.Next;
        if (depth != Depth.Journal)
            CompareRows(rows);
    }

    // The fold counts what was taken back from the first reversal on: before it that was nothing.
    void LoadOriginal(BookState known, long number)
    {
        if (!known.KnowsOriginal(number) && number <= last!.Number && snapshot.Find(Tables.Operations.TableName, number) is [var raw])
            known.Load(Original.Of(RawOperation.Read(raw, number), _ => default));
    }

    BookState Open(Operation operation) =>
        operation.Body is BookOpened opened
            ? opened.Begin(book)
            : throw Fail(1, Tables.Operations.Kind, "a book's first operation opens it");

    void CheckGroup(Operation operation)
    {
        if (operation.Group < operation.Number)
            throw Fail(operation.Number, Tables.Operations.GroupNumber, "a group ends before its operation");
        if (last is not { } before || before.Number == before.Group)
            return;
        if (operation.Group != before.Group
            || operation.At != before.At
            || operation.Actor != before.Actor
            || operation.Key != before.Key
            || operation.Batch != before.Batch
            || operation.Fingerprint != before.Fingerprint)
            throw Fail(operation.Number, Tables.Operations.GroupNumber, $"it does not belong to the group that ends with {before.Group}");
    }

    void CompareRows(BatchRows rows)
    {
        foreach (var entry in rows.Entries)
            entries.Add(book.Value).Add(entry.Account).Add(entry.Number).Add(entry.Place).Add(entry.Amount).Add(entry.Balance).End();
        foreach (var key in rows.Keys)
            keys.Add(book.Value).Add(key.Digest.ToBytes()).Add(key.Number).End();
        if (depth == Depth.EveryRow)
            LookUpRows(rows);
        foreach (var change in rows.AccountChanges)
            Require(
                Tables.AccountChanges.TableName, [change.Account, change.Number], book.Value, change.Account, change.Number,
                (long)change.Status, change.Floor);
        foreach (var change in rows.CustomerChanges)
            Require(Tables.CustomerChanges.TableName, [change.Customer, change.Number], book.Value, change.Customer, change.Number);
        foreach (var quote in rows.Quotes)
        {
            var date = quote.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            Require(
                Tables.Quotes.TableName, [quote.Currency, date, quote.Revision], book.Value, quote.Currency, date, quote.Revision,
                quote.Pair.Units.ToString(), quote.Pair.Base.ToString(), quote.Source.Value);
        }
    }

    void LookUpRows(BatchRows rows)
    {
        foreach (var entry in rows.Entries)
            Require(
                Tables.Entries.TableName, [entry.Account, entry.Number, (long)entry.Place], book.Value, entry.Account, entry.Number,
                (long)entry.Place, entry.Amount, entry.Balance);
        foreach (var key in rows.Keys)
            Require(Tables.IdempotencyKeys.TableName, [key.Digest.ToBytes()], book.Value, key.Digest.ToBytes(), key.Number);
    }

    void Require(string table, ReadOnlySpan<object> key, params ReadOnlySpan<object?> expected)
    {
        expectedRows[table] = expectedRows.GetValueOrDefault(table) + 1;
        RowChecks.RequireRow(snapshot, table, key, expected);
    }

    void Finish()
    {
        if (last is not null && last.Number != last.Group)
            throw Fail(last.Number, Tables.Operations.GroupNumber, $"the group that ends with {last.Group} is cut off");
        if (knownHead is { } known && (last?.Number ?? 0) < known.Number)
            throw Fail(known.Number, null, $"the journal ends at operation {last?.Number ?? 0}: its tail was cut off");
        if (state is null)
            throw RowChecks.Fail(Tables.Books.TableName, book.Value, null, "the journal is empty");
        personal.Finish();
        if (depth == Depth.Journal)
            return;
        expectedRows[Tables.PersonalValues.TableName] = personal.Rows;
        foreach (var account in state.Accounts)
        {
            Require(
                Tables.Accounts.TableName, [account.Id], book.Value, account.Id, (long)account.Kind, account.Customer,
                account.Currency.Code, (long)account.Currency.MinorUnits,
                account.Code?.Value, (long)account.Status, account.Floor);
        }

        foreach (var customer in state.Customers)
            Require(
                Tables.Customers.TableName, [customer.Id], book.Value, customer.Id, customer.Country.Value, customer.Changed,
                personal.IsErased(customer.Id) ? 1L : 0L);
        holds.Finish(state, depth == Depth.EveryRow);
        CheckBookRow();
        RequireSum(Tables.HoldEntries.TableName, holds.Entries);
        RequireSum(Tables.Holds.TableName, holds.Holds);
        RequireSum(Tables.Entries.TableName, entries);
        RequireSum(Tables.IdempotencyKeys.TableName, keys);
        foreach (var table
            in DerivedTables.Counted.Where(
                table => depth == Depth.EveryRow || !DerivedTables.Summed.Contains(table, StringComparer.Ordinal)))
        {
            if (snapshot.Count(table) != expectedRows.GetValueOrDefault(table))
                throw SurplusChecks.Find(snapshot, table, state);
        }
    }

    void RequireSum(string table, RowSum expected)
    {
        if (depth != Depth.Sums)
            return;
        var stored = new RowSum(sumKey);
        snapshot.AddRows(table, stored);
        if (!stored.IsSame(expected))
            throw RowChecks.Fail(table, "(all)", null, "the rows are not those that the journal says");
    }

    BookSecret ReadSecret() =>
        BookColumns()[RowChecks.IndexOf(Tables.Books.Columns, Tables.Books.Secret)] is byte[] { Length: BookSecret.Length } bytes
        ? new BookSecret(new Digest(bytes))
        : throw RowChecks.Fail(Tables.Books.TableName, book.Value, Tables.Books.Secret.Name, $"is not {BookSecret.Length} bytes");

    object?[] BookColumns()
    {
        var rows = snapshot.Rows(Tables.Books.TableName).ToList();
        return rows.Count == 1
            ? rows[0]
            : throw RowChecks.Fail(
                Tables.Books.TableName, book.Value, null, rows.Count == 0 ? "the row is missing" : "the row is there more than once");
    }

    void CheckBookRow()
    {
        var columns = BookColumns();
        var epoch = columns[RowChecks.IndexOf(Tables.Books.Columns, Tables.Books.Epoch)];
        RowChecks.RequireColumns(Tables.Books.TableName, book.Value, columns,
            [book.Value, row!.BaseCurrency, (long)row.Terms.QuoteMaxAgeDays, row.Terms.TimeZone.Value, row.TermsNumber,
                row.Terms.ClockStandsAt?.Microseconds,
                row.Head.Number, row.Head.Hash.ToBytes(), row.Head.At.Microseconds, epoch, row.FirstHash.ToBytes(),
                row.QuotesHash?.ToBytes(), secret.ToBytes(), (long)TextFold.Version]);
        if (epoch is not >= 0L)
            throw RowChecks.Fail(
                Tables.Books.TableName, book.Value, Tables.Books.Epoch.Name, $"is {RowChecks.Describe(epoch)}, not a count");
    }

    static FindingException Fail(long number, Column? column, string problem) =>
        RowChecks.Fail(Tables.Operations.TableName, Number(number), column?.Name, problem);

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>How far to look.</summary>
    enum Depth
    {
        /// <summary>At the journal alone.</summary>
        Journal,

        /// <summary>At everything; at the large tables by their sums.</summary>
        Sums,

        /// <summary>At everything, each row looked up.</summary>
        EveryRow,
    }
}
