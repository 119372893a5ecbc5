using Kopeck.Engine.Keys;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.Reference;
using Kopeck.Ledger.Reversals;
using Kopeck.Relational.Sql;

namespace Kopeck.Relational.Writing;

/// <summary>
/// The tables of a batch and what is written to them. A new table is one member here and one line in <see cref="WriteDerived"/>.
/// </summary>
public static class BatchTables
{
    /// <summary>The journal.</summary>
    public static readonly TableRows<Operation> Operations = new(
        Tables.Operations.TableName,
        RowColumn<Operation>.Number(Tables.Operations.Number, row => row.Number),
        RowColumn<Operation>.Number(Tables.Operations.GroupNumber, row => row.Group),
        RowColumn<Operation>.Number(Tables.Operations.Kind, row => (long)row.Kind),
        RowColumn<Operation>.Number(Tables.Operations.At, row => row.At.Microseconds),
        RowColumn<Operation>.Text(Tables.Operations.Actor, row => row.Actor.Value),
        RowColumn<Operation>.Text(Tables.Operations.Key, row => row.Key?.Value),
        RowColumn<Operation>.OptionalBytes(Tables.Operations.BatchKey, row => row.Batch?.ToBytes()),
        RowColumn<Operation>.Digest(Tables.Operations.Fingerprint, row => row.Fingerprint),
        RowColumn<Operation>.Utf8(Tables.Operations.Body, row => row.Canonical?.Body ?? BodyCodec.Write(row.Body)),
        RowColumn<Operation>.Bytes(Tables.Operations.Entries, row => row.Canonical?.Entries ?? EntriesBlob.Write(row.Entries)),
        RowColumn<Operation>.Digest(Tables.Operations.Hash, row => row.Hash));

    /// <summary>Entries.</summary>
    public static readonly TableRows<EntryRow> Entries = new(
        Tables.Entries.TableName,
        RowColumn<EntryRow>.Number(Tables.Entries.Account, row => row.Account),
        RowColumn<EntryRow>.Number(Tables.Entries.Number, row => row.Number),
        RowColumn<EntryRow>.Number(Tables.Entries.Place, row => row.Place),
        RowColumn<EntryRow>.Number(Tables.Entries.Amount, row => row.Amount),
        RowColumn<EntryRow>.Number(Tables.Entries.Balance, row => row.Balance));

    /// <summary>Idempotency keys.</summary>
    public static readonly TableRows<KeyRow> Keys = new(
        Tables.IdempotencyKeys.TableName,
        RowColumn<KeyRow>.Bytes(Tables.IdempotencyKeys.Digest, row => row.Digest.ToBytes()),
        RowColumn<KeyRow>.Number(Tables.IdempotencyKeys.Number, row => row.Number));

    /// <summary>API keys of books.</summary>
    public static readonly TableRows<ApiKey> ApiKeys = new(
        Tables.ApiKeys.TableName,
        RowColumn<ApiKey>.Text(Tables.ApiKeys.Name, row => row.Name.Value),
        RowColumn<ApiKey>.Digest(Tables.ApiKeys.Digest, row => row.Digest),
        RowColumn<ApiKey>.Text(Tables.ApiKeys.Scopes, row => ScopeNames.Write(row.Scopes)),
        RowColumn<ApiKey>.Number(Tables.ApiKeys.CreatedAt, row => row.CreatedAt.Microseconds),
        RowColumn<ApiKey>.OptionalNumber(Tables.ApiKeys.RevokedAt, row => row.RevokedAt?.Microseconds),
        RowColumn<ApiKey>.OptionalNumber(Tables.ApiKeys.ExpiresAt, row => row.Terms.ExpiresAt?.Microseconds),
        RowColumn<ApiKey>.Text(Tables.ApiKeys.Networks, row => row.Terms.Networks?.Text.Value),
        RowColumn<ApiKey>.OptionalNumber(Tables.ApiKeys.RateLimit, row => row.Terms.RateLimit));

    static readonly TableRows<Account> OpenedAccounts = new(
        Tables.Accounts.TableName,
        RowColumn<Account>.Number(Tables.Accounts.Account, row => row.Id),
        RowColumn<Account>.Number(Tables.Accounts.Kind, row => (long)row.Kind),
        RowColumn<Account>.OptionalNumber(Tables.Accounts.Customer, row => row.Customer),
        RowColumn<Account>.Text(Tables.Accounts.Currency, row => row.Currency.Code),
        RowColumn<Account>.Number(Tables.Accounts.MinorUnits, row => row.Currency.MinorUnits),
        RowColumn<Account>.Text(Tables.Accounts.Code, row => row.Code?.Value),
        RowColumn<Account>.Number(Tables.Accounts.Status, row => (long)row.Status),
        RowColumn<Account>.OptionalNumber(Tables.Accounts.Floor, row => row.Floor));

    static readonly TableRows<Account> ChangedAccounts = new(
        Tables.Accounts.TableName,
        RowColumn<Account>.Number(Tables.Accounts.Account, row => row.Id),
        RowColumn<Account>.Number(Tables.Accounts.Status, row => (long)row.Status),
        RowColumn<Account>.OptionalNumber(Tables.Accounts.Floor, row => row.Floor));

    static readonly TableRows<AccountChangeRow> AccountChanges = new(
        Tables.AccountChanges.TableName,
        RowColumn<AccountChangeRow>.Number(Tables.AccountChanges.Account, row => row.Account),
        RowColumn<AccountChangeRow>.Number(Tables.AccountChanges.Number, row => row.Number),
        RowColumn<AccountChangeRow>.Number(Tables.AccountChanges.Status, row => (long)row.Status),
        RowColumn<AccountChangeRow>.OptionalNumber(Tables.AccountChanges.Floor, row => row.Floor));

    static readonly TableRows<CustomerRow> Customers = new(
        Tables.Customers.TableName,
        RowColumn<CustomerRow>.Number(Tables.Customers.Customer, row => row.Customer),
        RowColumn<CustomerRow>.Text(Tables.Customers.Country, row => row.Country.Value),
        RowColumn<CustomerRow>.Number(Tables.Customers.Changed, row => row.Changed),
        RowColumn<CustomerRow>.Flag(Tables.Customers.IsErased, row => row.IsErased));

    static readonly TableRows<CustomerChangeRow> CustomerChanges = new(
        Tables.CustomerChanges.TableName,
        RowColumn<CustomerChangeRow>.Number(Tables.CustomerChanges.Customer, row => row.Customer),
        RowColumn<CustomerChangeRow>.Number(Tables.CustomerChanges.Number, row => row.Number));

    static readonly TableRows<Quote> Quotes = new(
        Tables.Quotes.TableName,
        RowColumn<Quote>.Text(Tables.Quotes.Currency, row => row.Currency),
        RowColumn<Quote>.Date(Tables.Quotes.Date, row => row.Date),
        RowColumn<Quote>.Number(Tables.Quotes.Revision, row => row.Revision),
        RowColumn<Quote>.Text(Tables.Quotes.Units, row => row.Pair.Units.ToString()),
        RowColumn<Quote>.Text(Tables.Quotes.Base, row => row.Pair.Base.ToString()),
        RowColumn<Quote>.Text(Tables.Quotes.Source, row => row.Source.Value));

    static readonly TableRows<HoldEntryRow> HoldEntries = new(
        Tables.HoldEntries.TableName,
        RowColumn<HoldEntryRow>.Number(Tables.HoldEntries.Account, row => row.Account),
        RowColumn<HoldEntryRow>.Number(Tables.HoldEntries.Number, row => row.Number),
        RowColumn<HoldEntryRow>.Number(Tables.HoldEntries.Place, row => row.Place),
        RowColumn<HoldEntryRow>.Number(Tables.HoldEntries.Hold, row => row.Hold),
        RowColumn<HoldEntryRow>.Number(Tables.HoldEntries.Change, row => row.Change),
        RowColumn<HoldEntryRow>.Number(Tables.HoldEntries.Held, row => row.Held));

    static readonly TableRows<Hold> PlacedHolds = new(
        Tables.Holds.TableName,
        [
            RowColumn<Hold>.Number(Tables.Holds.Hold, row => row.Id),
            RowColumn<Hold>.Number(Tables.Holds.Account, row => row.Account),
            RowColumn<Hold>.OptionalNumber(Tables.Holds.Receiver, row => row.To),
            RowColumn<Hold>.Flag(Tables.Holds.ToCash, row => row.ToCash),
            RowColumn<Hold>.Text(Tables.Holds.Currency, row => row.Currency.Code),
            RowColumn<Hold>.Number(Tables.Holds.MinorUnits, row => row.Currency.MinorUnits),
            RowColumn<Hold>.Text(Tables.Holds.AskedCurrency, row => row.Asked.Code),
            RowColumn<Hold>.Number(Tables.Holds.AskedMinorUnits, row => row.Asked.MinorUnits),
            .. HoldStateColumns<Hold>(row => row.State, row => row.Changed),
        ]);

    static readonly TableRows<HoldStateRow> ChangedHolds = new(
        Tables.Holds.TableName,
        [
            RowColumn<HoldStateRow>.Number(Tables.Holds.Hold, row => row.Hold),
            .. HoldStateColumns<HoldStateRow>(row => row.State, row => row.Changed)]);

    static readonly TableRows<CaptureRow> Captures = new(
        Tables.Captures.TableName,
        RowColumn<CaptureRow>.Number(Tables.Captures.Hold, row => row.Hold),
        RowColumn<CaptureRow>.Number(Tables.Captures.Number, row => row.Number),
        RowColumn<CaptureRow>.Number(Tables.Captures.Amount, row => row.Amount));

    static readonly TableRows<ReversalRow> Reversals = new(
        Tables.Reversals.TableName,
        RowColumn<ReversalRow>.Number(Tables.Reversals.Original, row => row.Original),
        RowColumn<ReversalRow>.Number(Tables.Reversals.Leg, row => row.Leg),
        RowColumn<ReversalRow>.Number(Tables.Reversals.Number, row => row.Number),
        RowColumn<ReversalRow>.Number(Tables.Reversals.Paid, row => row.Part.Paid),
        RowColumn<ReversalRow>.Number(Tables.Reversals.Received, row => row.Part.Received),
        RowColumn<ReversalRow>.Number(Tables.Reversals.PaidBack, row => row.Back.Paid),
        RowColumn<ReversalRow>.Number(Tables.Reversals.ReceivedBack, row => row.Back.Received));

    static readonly TableRows<ReversedOperationRow> ReversedOperations = new(
        Tables.ReversedOperations.TableName,
        RowColumn<ReversedOperationRow>.Number(Tables.ReversedOperations.Number, row => row.Number),
        RowColumn<ReversedOperationRow>.Flag(Tables.ReversedOperations.IsWhole, row => row.IsWhole));

    static readonly TableRows<(PersonalRow Row, bool IsCurrent)> Personal = new(
        Tables.PersonalValues.TableName,
        [
            RowColumn<(PersonalRow Row, bool IsCurrent)>.Number(Tables.PersonalValues.Number, each => each.Row.Number),
            RowColumn<(PersonalRow Row, bool IsCurrent)>.Number(Tables.PersonalValues.Customer, each => each.Row.Values.Customer),
            RowColumn<(PersonalRow Row, bool IsCurrent)>.Flag(Tables.PersonalValues.IsCurrent, each => each.IsCurrent),
            RowColumn<(PersonalRow Row, bool IsCurrent)>.Digest(Tables.PersonalValues.Salt, each => each.Row.Values.Salt),
            RowColumn<(PersonalRow Row, bool IsCurrent)>.Text(
                Tables.PersonalValues.NameFolded, each => TextFold.Fold(each.Row.Values.Details.Name.Value)),
            .. CustomerDetails.Columns.Select(
                (column, place) => RowColumn<(PersonalRow Row, bool IsCurrent)>.Text(column, each => each.Row.Values.Details[place])),
        ]);

    static readonly TableRows<(PersonalRow Row, bool IsCurrent)> CurrentPersonal = new(
        Tables.PersonalValues.TableName,
        RowColumn<(PersonalRow Row, bool IsCurrent)>.Number(Tables.PersonalValues.Number, each => each.Row.Number),
        RowColumn<(PersonalRow Row, bool IsCurrent)>.Flag(Tables.PersonalValues.IsCurrent, each => each.IsCurrent),
        RowColumn<(PersonalRow Row, bool IsCurrent)>.Text(
            Tables.PersonalValues.NameFolded, each => TextFold.Fold(each.Row.Values.Details.Name.Value)));

    /// <summary>Everything of a batch but the book's row, which is the guard and comes first.</summary>
    public static void Write(BatchRows rows, ITableWriter writer)
    {
        Insert(writer, Operations, rows.Operations);
        WriteDerived(rows, writer);
        WritePersonal(rows, writer);
        Insert(writer, ApiKeys, rows.ApiKeys);
    }

    /// <summary>What is derived from a journal that is there.</summary>
    public static void WriteDerived(BatchRows rows, ITableWriter writer)
    {
        Insert(writer, Entries, rows.Entries);
        Insert(writer, Keys, rows.Keys);
        Insert(writer, OpenedAccounts, rows.OpenedAccounts);
        Update(writer, ChangedAccounts, rows.ChangedAccounts);
        Insert(writer, AccountChanges, rows.AccountChanges);
        Insert(writer, Customers, rows.RegisteredCustomers);
        Update(writer, Customers, rows.ChangedCustomers);
        Insert(writer, CustomerChanges, rows.CustomerChanges);
        Insert(writer, Quotes, rows.Quotes);
        Insert(writer, HoldEntries, rows.HoldEntries);
        Insert(writer, PlacedHolds, rows.PlacedHolds);
        Update(writer, ChangedHolds, rows.ChangedHolds);
        Insert(writer, Captures, rows.Captures);
        Insert(writer, Reversals, rows.Reversals);
        if (rows.ReversedOperations.Count > 0)
            writer.Put(ReversedOperations, rows.ReversedOperations);
    }

    /// <summary>Puts the personal values of a run of operations in force again, folded anew.</summary>
    public static void RestorePersonal(BatchRows rows, ITableWriter writer)
    {
        if (rows.Personal.Count == 0)
            return;
        Supersede(rows, writer);
        Update(writer, CurrentPersonal, WithCurrent(rows));
    }

    /// <summary>How a hold stands: what changes of it.</summary>
    static RowColumn<TRow>[] HoldStateColumns<TRow>(Func<TRow, HoldState> state, Func<TRow, long> changed) =>
    [
        RowColumn<TRow>.Number(Tables.Holds.Status, row => (long)state(row).Status),
        RowColumn<TRow>.Number(Tables.Holds.Authorised, row => state(row).Authorised),
        RowColumn<TRow>.OptionalNumber(Tables.Holds.MaxAmount, row => state(row).MaxAmount),
        RowColumn<TRow>.Number(Tables.Holds.Captured, row => state(row).Captured),
        RowColumn<TRow>.Number(Tables.Holds.Released, row => state(row).Released),
        RowColumn<TRow>.Number(Tables.Holds.Expired, row => state(row).Expired),
        RowColumn<TRow>.Number(Tables.Holds.Remaining, row => state(row).Remaining),
        RowColumn<TRow>.OptionalNumber(Tables.Holds.ExpiresAt, row => state(row).ExpiresAt?.Microseconds),
        RowColumn<TRow>.OptionalNumber(Tables.Holds.DueAt, row => state(row).DueAt?.Microseconds),
        RowColumn<TRow>.Number(Tables.Holds.Changed, changed),
    ];

    static void WritePersonal(BatchRows rows, ITableWriter writer)
    {
        // Erased first: a code that an erasure freed may be taken again in the same batch.
        if (rows.ErasedCustomers.Count > 0)
        {
            writer.Execute(new Query($"DELETE FROM personal_values WHERE book = $1 AND {writer.Dialect.IsOneOf("customer", 2)}")
                .Add(rows.Book.Value).AddKeys(rows.ErasedCustomers));
        }

        if (rows.Personal.Count == 0)
            return;
        Supersede(rows, writer);
        Insert(writer, Personal, WithCurrent(rows));
    }

    static void Supersede(BatchRows rows, ITableWriter writer) =>
        writer.Execute(new Query($"UPDATE personal_values SET is_current = false WHERE book = $1 AND {writer.Dialect.IsOneOf("customer", 2)} AND is_current")
            .Add(rows.Book.Value).AddKeys(rows.Personal.Select(row => row.Values.Customer).Distinct()));

    /// <summary>Those that the batch itself supersedes are never in force, so that a code that moved is never in force twice.</summary>
    static List<(PersonalRow Row, bool IsCurrent)> WithCurrent(BatchRows rows)
    {
        var last = new Dictionary<long, long>();
        foreach (var row in rows.Personal)
            last[row.Values.Customer] = row.Number;
        return [.. rows.Personal.Select(row => (row, last[row.Values.Customer] == row.Number))];
    }

    static void Insert<TRow>(ITableWriter writer, TableRows<TRow> table, IReadOnlyList<TRow> rows)
    {
        if (rows.Count > 0)
            writer.Insert(table, rows);
    }

    static void Update<TRow>(ITableWriter writer, TableRows<TRow> table, IReadOnlyList<TRow> rows)
    {
        if (rows.Count > 0)
            writer.Update(table, rows);
    }
}
