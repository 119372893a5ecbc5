using System.Globalization;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Inputs;

/// <summary>
/// What is wrong with a request: the first <see cref="Most"/> problems, and how many more there are, so that no answer is much larger than
/// what was asked.
/// </summary>
public sealed class Problems
{
    /// <summary>How many problems are told of one request or item.</summary>
    public const int Most = 40;

    // Never told: it becomes the refusal of the whole request.
    const string BrokenCode = "not_json";

    readonly int limit;
    List<FieldProblem>? found;
    int more;

    /// <summary>Problems of a request.</summary>
    /// <param name="limit">How many are told, at most <see cref="Most"/>.</param>
    public Problems(int limit = Most) => this.limit = Math.Min(limit, Most);

    /// <summary>Whether there is any.</summary>
    public bool Any => found is not null || more > 0 || Malformed is not null;

    /// <summary>How many are told.</summary>
    public int Count => found?.Count ?? 0;

    /// <summary>Whether further ones are only counted: then nobody need word them.</summary>
    public bool IsFull => Count >= limit;

    /// <summary>Set where a text that should be JSON is none.</summary>
    public Rejection? Malformed { get; private set; }

    /// <summary>The refusal of what was read; null when all is well.</summary>
    public Rejection? Refusal
    {
        get
        {
            if (Malformed is not null || !Any)
                return Malformed;
            var refusal = Rejection.InvalidFields([.. found ?? []]);
            return more == 0 ? refusal : refusal with { Detail = $"{Count + more} fields are not valid", MoreFields = more };
        }
    }

    /// <summary>The refusal of parameters; null when all is well.</summary>
    public Rejection? InvalidQuery => found is { } list ? Refusals.InvalidQuery(list, more) : null;

    /// <summary>The error of a text that should be JSON and is none.</summary>
    internal static FieldError Broken(string detail) => new(BrokenCode, detail);

    /// <summary>Adds a problem at a place, such as <c>/legs/0</c>, or with a parameter's name.</summary>
    public void Add(string place, FieldError error)
    {
        if (error.Code == BrokenCode)
            Malformed ??= new Rejection(
                ErrorCode.MalformedRequest, $"{place.TrimStart('/')} is not a JSON object with each member once: {error.Detail}");
        else if (IsFull)
            more++;
        else
            (found ??= []).Add(new FieldProblem(place, error));
    }

    /// <summary>Adds a problem of what is at the end of a place.</summary>
    /// <param name="end">Such as <c>/amount</c>.</param>
    public void Add(string place, string end, FieldError error)
    {
        if (IsFull && error.Code != BrokenCode)
            more++;
        else
            Add(place + end, error);
    }

    /// <summary>Adds those of an item of a list.</summary>
    /// <param name="list">The list's place, such as <c>/legs/</c>.</param>
    public void AddAll(string list, int index, Problems item)
    {
        Malformed ??= item.Malformed;
        more += item.more;
        foreach (var problem in item.found ?? [])
        {
            if (IsFull)
                more++;
            else
                (found ??= []).Add(problem with
                {
                    Pointer = string.Create(
                    CultureInfo.InvariantCulture, $"{list}{index}{problem.Pointer}")
                });
        }
    }

    /// <summary>Adds those of a part.</summary>
    /// <param name="place">What their places start with.</param>
    public void AddAll(Problems part, string place = "")
    {
        Malformed ??= part.Malformed;
        more += part.more;
        foreach (var problem in part.found ?? [])
        {
            if (IsFull)
                more++;
            else
                (found ??= []).Add(place.Length == 0 ? problem : problem with { Pointer = place + problem.Pointer });
        }
    }

    /// <summary>Counts a problem that nobody words.</summary>
    public void Add() => more++;
}
