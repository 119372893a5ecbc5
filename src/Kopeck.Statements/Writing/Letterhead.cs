using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Kopeck.Ledger;

namespace Kopeck.Statements.Writing;

/// <summary>What the house puts above its statements.</summary>
/// <param name="From">The instant from which it counts.</param>
/// <param name="Name">The house's name.</param>
/// <param name="Lines">Address and the like.</param>
public sealed record Letterhead(Instant From, string Name, IReadOnlyList<string> Lines);

/// <summary>The house's letterheads over time: a statement has the one of its pinned instant, so that a later one does not change it.</summary>
public sealed class Letterheads
{
    readonly List<Letterhead> byTime;

    /// <summary>Letterheads in any order.</summary>
    public Letterheads(IEnumerable<Letterhead> letterheads) => byTime = [.. letterheads.OrderBy(letterhead => letterhead.From)];

    /// <summary>None at any time.</summary>
    public static Letterheads None { get; } = new([]);

    /// <summary>The letterhead of an instant.</summary>
    public Letterhead? At(Instant instant) => byTime.LastOrDefault(letterhead => letterhead.From <= instant);

    /// <summary>Reads <c>[{"from": "2026-01-01", "name": "...", "lines": ["..."]}]</c>; <c>from</c> may be left out once, for the first.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out Letterheads? letterheads, [NotNullWhen(false)] out string? problem)
    {
        letterheads = null;
        problem = null;
        try
        {
            using var json = JsonDocument.Parse(utf8, new JsonDocumentOptions { AllowDuplicateProperties = false, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            letterheads = new Letterheads(json.RootElement.EnumerateArray().Select(Read).ToList());
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            problem = $"it is not [{{\"from\": \"2026-01-01\", \"name\": \"...\", \"lines\": [\"...\"]}}]: {exception.Message}";
            return false;
        }
    }

    static Letterhead Read(JsonElement json)
    {
        foreach (var member in json.EnumerateObject())
        {
            if (member.Name is not ("from" or "name" or "lines"))
                throw new FormatException($"there is no member {member.Name}");
        }

        var from = default(Instant);
        if (json.TryGetProperty("from", out var text) && !Instant.TryParse(text.GetString(), out from))
            throw new FormatException("from is a date or an instant");
        return new Letterhead(
            from,
            json.GetProperty("name").GetString() ?? "",
            json.TryGetProperty("lines", out var lines) ? [.. lines.EnumerateArray().Select(line => line.GetString() ?? "")] : []);
    }
}
