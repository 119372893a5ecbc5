using System.Text.Json;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;

namespace Kopeck.Embedded.Inputs;

/// <summary>Reads what a caller gave by the fields' own rules, and says everything that is wrong with it at once.</summary>
sealed class InputReader
{
    readonly List<FieldProblem> problems = [];
    Rejection? malformed;

    /// <summary>Where what is read stands, such as <c>/legs/0</c>.</summary>
    public string Place { get; set; } = "";

    /// <summary>Why it is refused; null when all is well.</summary>
    public Rejection? Refusal => malformed ?? (problems.Count > 0 ? Rejection.InvalidFields([.. problems]) : null);

    public long Id(string name, LedgerId? id)
    {
        if (id is not { } given)
            Missing(name);
        else if (!given.IsWellFormed)
            Add(name, new FieldError("bad_format", "An id is a number, such as 13"));
        return id?.Number ?? 0;
    }

    public DecimalAmount Amount(string name, string? text)
    {
        if (text is null)
            Missing(name);
        else if (!DecimalAmount.TryParse(text, out var amount, out var error))
            Add(name, error);
        else
            return amount;
        return default;
    }

    public DecimalAmount? OptionalSigned(string name, string? text)
    {
        if (text is null)
            return null;
        if (DecimalAmount.TryParseSigned(text, out var amount, out var error))
            return amount;
        Add(name, error);
        return null;
    }

    public Currency Currency(string name, string? code)
    {
        if (code is null)
            Missing(name);
        return OptionalCurrency(name, code) ?? default;
    }

    public Currency? OptionalCurrency(string name, string? code)
    {
        if (code is null)
            return null;
        if (Kopeck.Ledger.Money.Currency.TryFind(code, out var currency, out var error))
            return currency;
        Add(name, error);
        return null;
    }

    public T Field<T>(string name, string? text)
        where T : struct, IField<T>
    {
        if (text is null)
            Missing(name);
        return OptionalField<T>(name, text) ?? default;
    }

    public T? OptionalField<T>(string name, string? text)
        where T : struct, IField<T>
    {
        if (text is null)
            return null;
        if (T.TryParse(text, out var value, out var error))
            return value;
        Add(name, error);
        return null;
    }

    /// <summary>A text by a column's rules; for metadata JSON.</summary>
    public string? Column(Column column, string? text, bool isRequired)
    {
        if (text is null)
        {
            if (isRequired)
                Missing(column.JsonName);
            return null;
        }

        if (column.Type.Name == FieldTypes.Metadata.Name)
            return Json(column.JsonName, text);
        if (TextRules.TryNormalize(column.Type, text, out var normal, out var error))
            return normal;
        Add(column.JsonName, error);
        return null;
    }

    /// <summary>A JSON object of the caller's own. An empty one says nothing.</summary>
    public Metadata? Metadata(string? text) => Json("metadata", text) is { } json and not "{}" ? Kopeck.Ledger.Fields.Metadata.Parse(json) : null;

    public void Add(string name, FieldError error) => problems.Add(new FieldProblem(name.Length == 0 ? Place : $"{Place}/{name}", error));

    public void Missing(string name) => problems.Add(new FieldProblem($"{Place}/{name}", "required", $"{name} is missing"));

    string? Json(string name, string? text)
    {
        if (text is null)
            return null;
        try
        {
            var json = MetadataReader.Read(text, FieldTypes.Metadata, out var error);
            if (error is not null)
                Add(name, error);
            return json;
        }
        catch (JsonException exception)
        {
            malformed ??= new Rejection(ErrorCode.MalformedRequest, $"{name} is not a JSON object with each member once: {exception.Message}");
            return null;
        }
    }
}
