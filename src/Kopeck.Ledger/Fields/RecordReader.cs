namespace Kopeck.Ledger.Fields;

/// <summary>Reads the texts of a record's columns and collects everything that is wrong with them.</summary>
sealed class RecordReader(IReadOnlyList<Column> columns, IReadOnlyList<string?> values)
{
    readonly List<(Column Column, FieldError Error)> errors = [];

    public IReadOnlyList<(Column Column, FieldError Error)> Errors => errors;

    public TField Required<TField>(int column)
        where TField : struct, IField<TField>
    {
        if (values[column] is null)
            errors.Add(
                (columns[column], new FieldError("required", $"{columns[column].JsonName} is missing: {columns[column].Description}")));
        return Optional<TField>(column).GetValueOrDefault();
    }

    public TField? Optional<TField>(int column)
        where TField : struct, IField<TField>
    {
        if (values[column] is not { } text)
            return null;
        if (TField.TryParse(text, out var value, out var error))
            return value;
        errors.Add((columns[column], error));
        return null;
    }
}
