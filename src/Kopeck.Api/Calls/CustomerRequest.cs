using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Calls;

/// <summary>
/// What a customer's personal values are asked to be. They are the columns of the tables; each has a property here, which a test demands.
/// </summary>
public abstract record CustomerRequest : CallRequest<CustomerAnswer>
{
    readonly string?[] texts = new string?[CustomerDetails.Columns.Count];
    readonly bool[] given = new bool[CustomerDetails.Columns.Count];

    /// <summary>A request without values.</summary>
    protected CustomerRequest()
    {
    }

    /// <summary>The same request, whose values are its own.</summary>
    protected CustomerRequest(CustomerRequest original)
        : base(original)
    {
        texts = [.. original.texts];
        given = [.. original.given];
    }

    /// <summary>The name.</summary>
    public string? Name
    {
        get => this[Tables.PersonalValues.Name];
        set => this[Tables.PersonalValues.Name] = value;
    }

    /// <summary>The city.</summary>
    public string? City
    {
        get => this[Tables.PersonalValues.City];
        set => this[Tables.PersonalValues.City] = value;
    }

    /// <summary>Your own id of the customer, unique in the book.</summary>
    public string? Code
    {
        get => this[Tables.PersonalValues.Code];
        set => this[Tables.PersonalValues.Code] = value;
    }

    /// <summary>A JSON object of your own.</summary>
    public string? Metadata
    {
        get => this[Tables.PersonalValues.Metadata];
        set => this[Tables.PersonalValues.Metadata] = value;
    }

    string? this[Column column]
    {
        get => texts[PlaceOf(column)];
        set
        {
            if (value is not null)
                Set(PlaceOf(column), value);
        }
    }

    /// <summary>The members of the columns.</summary>
    /// <param name="isChange">Whether they may be left out, and null clears.</param>
    internal static IEnumerable<Input> Columns(bool isChange) =>
        CustomerDetails.Columns.Select((column, place) => new ColumnInput(place, column)
        {
            Field = column.Type,
            IsRequired = !isChange && !column.IsNullable,
            IsNullable = isChange && column.IsNullable,
            RefusesNull = isChange && !column.IsNullable,
        });

    /// <summary>The text of a column.</summary>
    internal string? Text(int place) => texts[place];

    /// <summary>Whether a column was named, be it as null.</summary>
    internal bool IsGiven(int place) => given[place];

    /// <summary>Whether a column is to be cleared.</summary>
    internal virtual bool IsCleared(Column column) => false;

    internal void Set(int place, string? text) => (texts[place], given[place]) = (text, true);

    /// <summary>All texts, by column.</summary>
    internal IReadOnlyList<string?> Texts => texts;

    static int PlaceOf(Column column)
    {
        for (var place = 0; place < CustomerDetails.Columns.Count; place++)
        {
            if (CustomerDetails.Columns[place].Name == column.Name)
                return place;
        }

        throw new ArgumentOutOfRangeException(nameof(column), column.Name, "is no personal column");
    }
}
