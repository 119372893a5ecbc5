using System.Globalization;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Reference;

namespace Kopeck.Engine.Verification;

/// <summary>Personal values against their digests in the journal: there and right, or gone because the customer was erased.</summary>
sealed class PersonalChecks(IVerificationSnapshot snapshot)
{
    static readonly int FirstInput = Tables.PersonalValues.Columns.TakeWhile(column => !column.IsInput).Count();

    readonly Dictionary<long, long> current = [];
    readonly Dictionary<long, long> missing = [];
    readonly HashSet<long> erased = [];

    /// <summary>How many rows there should be.</summary>
    public long Rows { get; private set; }

    public bool IsErased(long customer) => erased.Contains(customer);

    /// <summary>The values that an operation set; null for other kinds and for erased customers.</summary>
    public PersonalValues? Read(Operation operation)
    {
        if (operation.Body is CustomerErased gone)
            erased.Add(gone.Customer);
        var (customer, digest) = operation.Body switch
        {
            CustomerRegistered body => (operation.Number, body.PersonalDigest),
            CustomerChanged body => (body.Customer, body.PersonalDigest),
            _ => (0, default),
        };
        if (customer == 0)
            return null;
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
        if (PersonalDigests.Compute(values.Salt, values.Details) != digest)
            throw RowChecks.Fail(Tables.PersonalValues.TableName, key, null, "the values or their salt are not what the digest in the journal covers");
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
                throw RowChecks.Fail(Tables.PersonalValues.TableName, number.ToString(CultureInfo.InvariantCulture), null, $"the row is missing, but customer {customer} was not erased");
        }

        foreach (var row in snapshot.Rows(Tables.PersonalValues.TableName))
        {
            var key = RowChecks.Describe(row[1]);
            if (row[1] is not long number || row[2] is not long customer || !current.TryGetValue(customer, out var newest))
                throw RowChecks.Fail(Tables.PersonalValues.TableName, key, null, "the row belongs to no operation of the journal");
            if (erased.Contains(customer))
                throw RowChecks.Fail(Tables.PersonalValues.TableName, key, null, $"the row is there, but customer {customer} was erased");
            if (!Equals(row[3], number == newest ? 1L : 0L))
                throw RowChecks.Fail(Tables.PersonalValues.TableName, key, Tables.PersonalValues.IsCurrent.Name, $"should be {(number == newest ? 1 : 0)}, is {RowChecks.Describe(row[3])}");
        }
    }

    static PersonalValues ReadRow(object?[] row, string key, long customer)
    {
        const int SaltColumn = 4;
        var texts = new string?[CustomerDetails.Columns.Count];
        for (var column = 0; column < texts.Length; column++)
        {
            texts[column] = row[FirstInput + column] switch
            {
                null => null,
                string text => text,
                _ => throw RowChecks.Fail(Tables.PersonalValues.TableName, key, CustomerDetails.Columns[column].Name, "is not a text"),
            };
        }

        if (!CustomerDetails.TryCreate(texts, out var details, out var errors))
            throw RowChecks.Fail(Tables.PersonalValues.TableName, key, errors[0].Item1.Name, $"is not a value of the column ({errors[0].Item2.Code})");
        if (row[SaltColumn] is not byte[] { Length: Digest.Length } salt)
            throw RowChecks.Fail(Tables.PersonalValues.TableName, key, Tables.PersonalValues.Salt.Name, "is not a salt");
        if (!Equals(row[2], customer))
            throw RowChecks.Fail(Tables.PersonalValues.TableName, key, Tables.PersonalValues.Customer.Name, $"should be {customer}, is {RowChecks.Describe(row[2])}");
        if (!Equals(row[^1], TextFold.Fold(details.Name.Value)))
            throw RowChecks.Fail(Tables.PersonalValues.TableName, key, Tables.PersonalValues.NameFolded.Name, "is not the folded name");
        return new PersonalValues(customer, new Digest(salt), details);
    }
}
