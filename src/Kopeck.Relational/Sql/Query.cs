using Kopeck.Ledger.Fields;

namespace Kopeck.Relational.Sql;

/// <summary>
/// One statement that reads, with its values in the order of their places ($1 first, which is the book's name in every statement of a book)
/// and what is done with each row. One value may be keys (<see cref="Dialect.IsOneOf"/>, <see cref="Dialect.ForEach"/>).
/// </summary>
/// <param name="text">Constant but for conditions, directions and names of columns: whatever comes from a caller is bound, limits
/// too.</param>
public sealed class Query(string text)
{
    readonly List<QueryValue> values = [];

    /// <summary>The statement's text.</summary>
    public string Text => text;

    /// <summary>The values by place.</summary>
    public IReadOnlyList<QueryValue> Values => values;

    /// <summary>The book whose statement it is; null for one that asks for more than a book, or for none.</summary>
    public BookName? Book => values is [{ Kind: ValueKind.Text, IsMany: false, Reference: string name }, ..] ? BookName.Parse(name) : null;

    /// <summary>What is done with each row.</summary>
    public Action<IRow> OnRow { get; private set; } = static _ => { };

    /// <summary>Sets what is done with each row.</summary>
    public Query Read(Action<IRow> onRow)
    {
        OnRow = onRow;
        return this;
    }

    /// <summary>Adds a number.</summary>
    public Query Add(long value) => Add(new QueryValue(ValueKind.Number, value, null, IsMany: false, IsNull: false));

    /// <summary>Adds a text.</summary>
    public Query Add(string? value) => Add(new QueryValue(ValueKind.Text, 0, value, IsMany: false, value is null));

    /// <summary>Adds bytes.</summary>
    public Query Add(byte[]? value) => Add(new QueryValue(ValueKind.Bytes, 0, value, IsMany: false, value is null));

    /// <summary>Adds a day.</summary>
    public Query Add(DateOnly value) => Add(new QueryValue(ValueKind.Date, 0, value, IsMany: false, IsNull: false));

    /// <summary>Adds keys.</summary>
    public Query AddKeys(IEnumerable<long> keys) => Add(new QueryValue(ValueKind.Number, 0, keys.ToArray(), IsMany: true, IsNull: false));

    /// <summary>Adds keys.</summary>
    public Query AddKeys(IEnumerable<string> keys) => Add(new QueryValue(ValueKind.Text, 0, keys.ToArray(), IsMany: true, IsNull: false));

    /// <summary>Adds keys.</summary>
    public Query AddKeys(IEnumerable<byte[]> keys) => Add(new QueryValue(ValueKind.Bytes, 0, keys.ToArray(), IsMany: true, IsNull: false));

    /// <summary>Adds a value.</summary>
    public Query Add(QueryValue value)
    {
        values.Add(value);
        return this;
    }
}
