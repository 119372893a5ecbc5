using System.Globalization;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Reference;

namespace Kopeck.Engine.Verification;

/// <summary>Personal values against their digests in the journal: there and right, or gone because the customer was erased.</summary>
/// <param name="isJournalOnly">Whether the columns that are derived from the others are left alone.</param>
sealed class PersonalChecks(IVerificationSnapshot snapshot, bool isJournalOnly)
{
    static readonly int NumberColumn = IndexOf(Tables.PersonalValues.Number);
    static readonly int CustomerColumn = IndexOf(Tables.PersonalValues.Customer);
    static readonly int IsCurrentColumn = IndexOf(Tables.PersonalValues.IsCurrent);
    static readonly int SaltColumn = IndexOf(Tables.PersonalValues.Salt);
    static readonly int NameFoldedColumn = IndexOf(Tables.PersonalValues.NameFolded);
    static readonly int[] InputColumns = [.. CustomerDetails.Columns.Select(IndexOf)];

    readonly Dictionary<long, long> current = [];
    readonly Dictionary<long, long> missing = [];
    readonly HashSet<long> erased = [];

    /// <summary>How many rows there should be.</summary>
    public long Rows { get; private set; }

    public bool IsErased(long customer) => erased.Contains(customer);

    /// <summary>The values that an operation set; null for other kinds and for erased customers.</summary>
    public PersonalValues? Read(Operation operation)
    {
        erased.UnionWith(KindList.Of(operation.Kind).Touches(operation).Erased);
        if (operation.Body is not CustomerValues body)
            return null;
        var customer = body.CustomerOf(operation);
        var rows = snapshot.Find(Tables.PersonalValues.TableName, operation.Number);
        if (rows.Count == 0)
        {
            missing.TryAdd(customer, operation.Number);
            return null;
        }

        var key = operation.Number.ToString(CultureInfo.InvariantCulture);
        if (rows.Count > 1)
            throw RowChecks.Fail(Tables.PersonalValues.TableName, key, null, $"the row is there {rows.Count} times");
        var values = ReadRow(rows[0], key, customer);
        if (PersonalDigests.Compute(values.Salt, values.Details) != body.PersonalDigest)
            throw RowChecks.Fail(
                Tables.PersonalValues.TableName, key, null, "the values or their salt are not what the digest in the journal covers");
        current[customer] = operation.Number;
        Rows++;
        return values;
    }

    /// <summary>At the end of the journal: whose values should be gone, and which are in force.</summary>
    public void Finish()
    {
        foreach (var (customer, number) in missing)
        {
            if (!erased.Contains(customer))
                throw RowChecks.Fail(
                    Tables.PersonalValues.TableName, number.ToString(CultureInfo.InvariantCulture), null,
                    $"the row is missing, but customer {customer} was not erased");
        }

        foreach (var row in snapshot.Rows(Tables.PersonalValues.TableName))
        {
            var key = DescribeNumber(row[NumberColumn]);
            if (row[NumberColumn] is not long number
                || row[CustomerColumn] is not long customer
                || !current.TryGetValue(customer, out var newest))
                throw RowChecks.Fail(Tables.PersonalValues.TableName, key, null, "the row belongs to no operation of the journal");
            if (erased.Contains(customer))
                throw RowChecks.Fail(Tables.PersonalValues.TableName, key, null, $"the row is there, but customer {customer} was erased");
            if (!isJournalOnly && !Equals(row[IsCurrentColumn], number == newest ? 1L : 0L))
                throw RowChecks.Fail(
                    Tables.PersonalValues.TableName, key, Tables.PersonalValues.IsCurrent.Name,
                    $"should be {(number == newest ? 1 : 0)}, is {DescribeNumber(row[IsCurrentColumn])}");
        }
    }

    PersonalValues ReadRow(object?[] row, string key, long customer)
    {
        var texts = new string?[CustomerDetails.Columns.Count];
        for (var column = 0; column < texts.Length; column++)
        {
            texts[column] = row[InputColumns[column]] switch
            {
                null => null,
                string text => text,
                _ => throw RowChecks.Fail(Tables.PersonalValues.TableName, key, CustomerDetails.Columns[column].Name, "is not a text"),
            };
        }

        if (!CustomerDetails.TryCreate(texts, out var details, out var errors))
            throw RowChecks.Fail(
                Tables.PersonalValues.TableName, key, errors[0].Item1.Name, $"is not a value of the column ({errors[0].Item2.Code})");
        for (var column = 0; column < texts.Length; column++)
        {
            // Reading normalizes: what is stored must be normal already.
            if (!string.Equals(details[column], texts[column], StringComparison.Ordinal))
                throw RowChecks.Fail(
                    Tables.PersonalValues.TableName, key, CustomerDetails.Columns[column].Name, "is not in its normal form");
        }

        if (row[SaltColumn] is not byte[] { Length: Digest.Length } salt)
            throw RowChecks.Fail(Tables.PersonalValues.TableName, key, Tables.PersonalValues.Salt.Name, "is not a salt");
        if (!Equals(row[CustomerColumn], customer))
            throw RowChecks.Fail(
                Tables.PersonalValues.TableName, key, Tables.PersonalValues.Customer.Name,
                $"should be {customer}, is {DescribeNumber(row[CustomerColumn])}");
        if (!isJournalOnly && !Equals(row[NameFoldedColumn], TextFold.Fold(details.Name.Value)))
            throw RowChecks.Fail(Tables.PersonalValues.TableName, key, Tables.PersonalValues.NameFolded.Name, "is not the folded name");
        return new PersonalValues(customer, new Digest(salt), details);
    }

    // What stands where a number should may be somebody's name.
    static string DescribeNumber(object? value) => value is null or long ? RowChecks.Describe(value) : "not a number";

    static int IndexOf(Column column) => RowChecks.IndexOf(Tables.PersonalValues.Columns, column);
}
