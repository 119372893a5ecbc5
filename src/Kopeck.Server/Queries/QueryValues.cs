using System.Globalization;
using Kopeck.Ledger;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Microsoft.Extensions.Primitives;

namespace Kopeck.Server.Queries;

/// <summary>The query parameters of a request, read strictly.</summary>
public sealed class QueryValues
{
    const int DefaultLimit = 50;
    const int MaxLimit = 1_000;
    const int MaxTextLength = 300;

    readonly Dictionary<string, object> values = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, string> filters = new(StringComparer.Ordinal);

    /// <summary>How many items a page has.</summary>
    public int Limit => values.TryGetValue("limit", out var limit) ? (int)(long)limit : DefaultLimit;

    /// <summary>Oldest first.</summary>
    public bool IsAscending => Text("order") == "asc";

    /// <summary>Whether nothing is to be written.</summary>
    public bool IsDryRun => values.TryGetValue("dryRun", out var flag) && (bool)flag;

    /// <summary>The cursor as it was given.</summary>
    public string? Cursor => Text("cursor");

    /// <summary>What the list was asked for, in a fixed order: a cursor holds only for the same list.</summary>
    public string Filters => string.Join('&', filters.Select(pair => $"{pair.Key}={pair.Value}"));

    /// <summary>A text, or null.</summary>
    public string? Text(string name) => (string?)values.GetValueOrDefault(name);

    /// <summary>An id, or null.</summary>
    public long? Id(string name) => (long?)values.GetValueOrDefault(name);

    /// <summary>A journal number, or null.</summary>
    public long? Number(string name) => (long?)values.GetValueOrDefault(name);

    /// <summary>An instant, or null.</summary>
    public Instant? Instant(string name) => (Instant?)values.GetValueOrDefault(name);

    /// <summary>A date, or null.</summary>
    public DateOnly? Date(string name) => (DateOnly?)values.GetValueOrDefault(name);

    /// <summary>A number or an instant, or null.</summary>
    public Moment? Moment(string name) => (Moment?)values.GetValueOrDefault(name);

    /// <summary>Reads the parameters; unknown, repeated and bad ones are named.</summary>
    public static QueryValues Read(IEnumerable<KeyValuePair<string, StringValues>> query, IReadOnlyList<QueryParameter> parameters, List<FieldProblem> problems)
    {
        var result = new QueryValues();
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, given) in query)
        {
            named.Add(name);
            var parameter = parameters.FirstOrDefault(known => known.Name == name);
            if (parameter is null)
                problems.Add(new FieldProblem(name.Length > 100 ? name[..100] : name, "unknown_parameter", parameters.Count == 0 ? "The call takes no parameters" : $"There is no such parameter: known are {string.Join(", ", parameters.Select(known => known.Name))}"));
            else if (given.Count != 1)
                problems.Add(new FieldProblem(name, "repeated", "Give the parameter once"));
            else if (ReadValue(given[0] ?? "", parameter, out var error) is { } value)
                result.Add(parameter, value, given[0]!);
            else
                problems.Add(new FieldProblem(name, error!));
        }

        foreach (var parameter in parameters)
        {
            if (parameter.IsRequired && !named.Contains(parameter.Name))
                problems.Add(new FieldProblem(parameter.Name, "required", parameter.Description));
        }

        return result;
    }

    void Add(QueryParameter parameter, object value, string given)
    {
        values.Add(parameter.Name, value);
        if (parameter.Name is not ("limit" or "cursor"))
            filters.Add(parameter.Name, given);
    }

    static object? ReadValue(string text, QueryParameter parameter, out FieldError? error)
    {
        error = null;
        switch (parameter.Kind)
        {
            case ParameterKind.Field:
                return TextRules.TryNormalize(parameter.Field!, text, out var normal, out error) ? normal : null;
            case ParameterKind.Text when text.Length is > 0 and <= MaxTextLength && text.IsNormalizable() && !text.Any(char.IsControl):
                return text;
            case ParameterKind.Id when IsNumber(text):
                return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0L;
            case ParameterKind.Choice when parameter.Words.Contains(text, StringComparer.Ordinal):
                return text;
            case ParameterKind.Currency:
                return Currency.TryFind(text, out _, out error) ? text : null;
            case ParameterKind.Instant when Ledger.Instant.TryParse(text, out var instant):
                return instant;
            case ParameterKind.Date when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date):
                return date;
            case ParameterKind.Moment when IsNumber(text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                return new Moment(number, null);
            case ParameterKind.Moment when Ledger.Instant.TryParse(text, out var moment):
                return new Moment(null, moment);
            case ParameterKind.Number when IsNumber(text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place):
                return place;
            case ParameterKind.Limit when IsNumber(text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit:
                return (long)limit;
            case ParameterKind.Flag when text is "true" or "false":
                return text == "true";
            case ParameterKind.Cursor when text.Length is > 0 and <= 100:
                return text;
        }

        error = new FieldError("bad_value", $"Expected: {Expectation(parameter)}");
        return null;
    }

    static bool IsNumber(string text) => text.Length is > 0 and <= 30 && text.All(char.IsAsciiDigit);

    static string Expectation(QueryParameter parameter) => parameter.Kind switch
    {
        ParameterKind.Id => "an id: digits",
        ParameterKind.Choice => string.Join(" or ", parameter.Words),
        ParameterKind.Instant => "an instant such as 2026-11-23T09:15:02Z (a + in it is sent as %2B), or a date such as 2026-11-23",
        ParameterKind.Date => "a date such as 2026-11-23",
        ParameterKind.Moment => "a journal number, or an instant or a date in the past",
        ParameterKind.Number => "a journal number: digits",
        ParameterKind.Limit => "a number from 1 to 1000",
        ParameterKind.Flag => "true or false",
        ParameterKind.Cursor => "the next of the page before",
        _ => $"1 to {MaxTextLength} characters without control characters",
    };
}

/// <summary>A point in a book's history.</summary>
public sealed record Moment(long? Number, Instant? Instant);

static class TextChecks
{
    /// <summary>Whether the text is whole characters.</summary>
    public static bool IsNormalizable(this string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index]))
                continue;
            if (index + 1 >= text.Length || !char.IsSurrogatePair(text[index], text[index + 1]))
                return false;
            index++;
        }

        return true;
    }
}
