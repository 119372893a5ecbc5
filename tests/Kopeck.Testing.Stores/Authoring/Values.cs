using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;

namespace Kopeck.Testing.Stores.Authoring;

/// <summary>Values from plain text, for tests.</summary>
public static class Values
{
    /// <summary>A currency that there is.</summary>
    public static Currency Currency(string code) =>
        Ledger.Money.Currency.TryFind(code, out var found) ? found : throw new ArgumentException(code, nameof(code));

    /// <summary>An amount.</summary>
    public static DecimalAmount Amount(string text) =>
        DecimalAmount.TryParse(text, out var amount, out var error) ? amount : throw new ArgumentException(error.Detail, nameof(text));

    /// <summary>An amount that may be negative.</summary>
    public static DecimalAmount SignedAmount(string text) =>
        DecimalAmount.TryParseSigned(text, out var amount, out var error)
            ? amount
            : throw new ArgumentException(error.Detail, nameof(text));

    /// <summary>A customer's values.</summary>
    public static CustomerDetails Details(string name, string city = "Lisboa", string? code = null, string? metadata = null)
    {
        var texts = new string?[CustomerDetails.Columns.Count];
        foreach (var (column, text)
            in new[]
            {
                (Tables.PersonalValues.Name, name),
                (Tables.PersonalValues.City, city),
                (Tables.PersonalValues.Code, code),
                (Tables.PersonalValues.Metadata, metadata)
            })
            texts[PlaceOf(column)] = text;
        return CustomerDetails.TryCreate(texts, out var details, out var errors)
            ? details
            : throw new ArgumentException($"{errors[0].Column.Name}: {errors[0].Error.Detail}", nameof(name));
    }

    /// <summary>A change of one of a customer's values.</summary>
    public static DetailChange Change(Column column, string? text) => new(PlaceOf(column), text);

    static int PlaceOf(Column column) => CustomerDetails.Columns.Index().First(item => item.Item.Name == column.Name).Index;
}
