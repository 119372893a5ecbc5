using System.Globalization;
using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Embedded.Inputs;

/// <summary>Reads what a list is asked for. What was asked is part of its cursors, in a fixed order: a cursor holds only for the same list.</summary>
sealed class QueryReader
{
    const int DefaultLimit = 50;
    const int MaxLimit = 1_000;
    const int MaxTextLength = 300;

    readonly List<FieldProblem> problems = [];
    readonly SortedDictionary<string, string> filters = new(StringComparer.Ordinal);

    /// <summary>Why it is refused; null when all is well.</summary>
    public Rejection? Refusal => problems.Count == 0 ? null : new Rejection(ErrorCode.InvalidQuery, $"{problems[0].Pointer}: {problems[0].Detail}") { Fields = [.. problems] };

    string Filters => string.Join('&', filters.Select(pair => $"{pair.Key}={pair.Value}"));

    public T? Field<T>(string name, string? text)
        where T : struct, IField<T>
    {
        if (text is null)
            return null;
        if (!T.TryParse(text, out var value, out var error))
            Add(name, error);
        else
            filters.Add(name, text);
        return value;
    }

    public string? Text(string name, string? text)
    {
        if (text is null)
            return null;
        if (text.Length is 0 or > MaxTextLength || text.Any(char.IsControl) || !text.IsNormalizedText())
            Add(name, new FieldError("bad_value", $"Expected: 1 to {MaxTextLength} characters without control characters"));
        else
            filters.Add(name, text);
        return text;
    }

    public string? Currency(string name, string? code)
    {
        if (code is not null && !Kopeck.Ledger.Money.Currency.TryFind(code, out _, out var error))
            Add(name, error);
        else if (code is not null)
            filters.Add(name, code);
        return code;
    }

    public long? Id(string name, LedgerId? id)
    {
        if (id is not { } given)
            return null;
        if (!given.ToString().All(char.IsAsciiDigit) || given.ToString() is { Length: 0 or > 30 })
            Add(name, new FieldError("bad_value", "Expected: an id: digits"));
        else
            filters.Add(name, given.ToString());
        return given.Number;
    }

    public T? Choice<T>(string name, T? value, Func<T, string> word)
        where T : struct
    {
        if (value is { } chosen)
            filters.Add(name, word(chosen));
        return value;
    }

    public Instant? Instant(string name, DateTimeOffset? moment)
    {
        if (moment is not { } given)
            return null;
        var instant = Kopeck.Ledger.Instant.From(given);
        filters.Add(name, instant.ToString());
        return instant;
    }

    public DateOnly? Date(string name, LedgerDate? date)
    {
        if (date is not { } given)
            return null;
        if (!given.TryRead(out var day))
            Add(name, new FieldError("bad_value", "Expected: a date such as 2026-11-23"));
        else
            filters.Add(name, given.ToString());
        return day;
    }

    public int Limit(int? limit)
    {
        if (limit is < 1 or > MaxLimit)
            Add("limit", new FieldError("bad_value", $"Expected: a number from 1 to {MaxLimit}"));
        return limit ?? DefaultLimit;
    }

    /// <summary>The page that is asked for, once the rest was read.</summary>
    public PageRequest Page(BookName book, string list, ListQuery query)
    {
        var limit = Limit(query.Limit);
        Choice("order", query.Order, order => order == ListOrder.OldestFirst ? "asc" : "desc");
        PageKey? after = null;
        if (problems.Count == 0 && query.Cursor is { } cursor)
        {
            if (Cursor.TryRead(cursor, book, list, Filters, out var key))
                after = key;
            else
                Add("cursor", new FieldError("bad_value", "The cursor is not one of this list: start again without it"));
        }

        return new PageRequest(after, query.Order == ListOrder.OldestFirst, limit);
    }

    /// <summary>The cursor behind a page.</summary>
    public string? Next<T>(BookName book, string list, Page<T> page) => page.Next is { } next ? Cursor.Write(book, list, Filters, next) : null;

    public void Add(string name, FieldError error) => problems.Add(new FieldProblem(name, error));

    public static string Word(Enum value) => value.ToString().ToLower(CultureInfo.InvariantCulture);
}

static class Texts
{
    /// <summary>Whether the text is whole characters.</summary>
    public static bool IsNormalizedText(this string text)
    {
        try
        {
            _ = text.IsNormalized();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
