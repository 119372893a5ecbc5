using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Relational.Sql;

namespace Kopeck.Relational.Rows;

/// <summary>Rows of <c>customers</c>, each with its personal values in force.</summary>
public static class CustomerRows
{
    /// <summary>The customers of a book, as <c>customers c</c> and <c>personal_values p</c>.</summary>
    public static readonly string Select =
        $"SELECT c.customer, c.country, c.is_erased, c.changed, p.customer{Personal("p")} "
        + "FROM customers c LEFT JOIN personal_values p ON p.book = $1 AND p.customer = c.customer AND p.is_current WHERE c.book = $1";

    /// <summary>Reads a row.</summary>
    public static Customer Read(IRow row) => new()
    {
        Id = row.Int64(0),
        Country = CountryCode.Parse(row.Text(1)),
        IsErased = row.Boolean(2),
        Changed = row.Int64(3),
        Details = row.IsNull(4) ? null : Details(row, 5),
    };

    /// <summary>The columns of personal values, each after a comma.</summary>
    public static string Personal(string table) => string.Concat(CustomerDetails.Columns.Select(column => $", {table}.{column.Name}"));

    /// <summary>Reads the columns of <see cref="Personal"/>.</summary>
    public static CustomerDetails Details(IRow row, int first)
    {
        var texts = new string?[CustomerDetails.Columns.Count];
        for (var column = 0; column < texts.Length; column++)
            texts[column] = row.OptionalText(first + column);
        return CustomerDetails.TryCreate(texts, out var details, out var errors)
            ? details
            : throw new FormatException(
                $"A row of personal_values is not valid: {string.Join(", ", errors.Select(error => error.Item1.Name))}");
    }
}
