using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kopeck.Ledger;

namespace Kopeck.Statements.Writing;

/// <summary>Reads letterheads: <c>[{"from": "2026-01-01", "name": "...", "lines": ["..."]}]</c>, one for each time that the house changed it.</summary>
public static class LetterheadFile
{
    /// <summary>The most lines under the name.</summary>
    public const int MaxLines = 6;

    /// <summary>The most letters of a name or a line.</summary>
    public const int MaxLetters = 80;

    static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads UTF-8.</summary>
    /// <param name="problem">What is wrong, in one line that says where.</param>
    public static bool TryParse(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out Letterheads? letterheads, [NotNullWhen(false)] out string? problem)
    {
        letterheads = null;
        problem = null;
        if (utf8.Span.StartsWith(Encoding.UTF8.Preamble))
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        try
        {
            using var json = JsonDocument.Parse(utf8, Options);
            letterheads = new Letterheads(ReadAll(json.RootElement));
            return true;
        }
        catch (JsonException exception)
        {
            problem = $"it is not JSON: {exception.Message}";
        }
        catch (FormatException exception)
        {
            problem = exception.Message;
        }

        return false;
    }

    static List<Letterhead> ReadAll(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array)
            throw new FormatException("it is a list: [{\"from\": \"2026-01-01\", \"name\": \"...\", \"lines\": [\"...\"]}]");
        var all = new List<Letterhead>();
        foreach (var item in json.EnumerateArray())
        {
            var read = Read(item, string.Create(CultureInfo.InvariantCulture, $"[{all.Count}]"));
            if (all.Any(other => other.From == read.From))
                throw new FormatException($"[{all.Count}].from: another letterhead counts from then, too");
            all.Add(read);
        }

        return all;
    }

    static Letterhead Read(JsonElement item, string place)
    {
        if (item.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{place} is not an object");
        foreach (var member in item.EnumerateObject())
        {
            if (member.Name is not ("from" or "name" or "lines"))
                throw new FormatException($"{place}: there is no member {member.Name}; there are from, name and lines");
        }

        var from = default(Instant);
        if (item.TryGetProperty("from", out var since) && (since.ValueKind != JsonValueKind.String || !Instant.TryParse(since.GetString(), out from)))
            throw new FormatException($"{place}.from is a date such as 2026-01-01, or an instant");
        if (!item.TryGetProperty("name", out var name))
            throw new FormatException($"{place}.name is missing");
        return new Letterhead(from, Text(name, place + ".name"), item.TryGetProperty("lines", out var lines) ? Lines(lines, place + ".lines") : []);
    }

    static List<string> Lines(JsonElement json, string place)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() > MaxLines)
            throw new FormatException($"{place} is a list of at most {MaxLines} texts");
        return [.. json.EnumerateArray().Select((line, index) => Text(line, $"{place}[{index}]"))];
    }

    static string Text(JsonElement json, string place)
    {
        var text = json.ValueKind == JsonValueKind.String ? json.GetString()! : "";
        return text.Length is > 0 and <= MaxLetters && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl)
            ? text.Normalize()
            : throw new FormatException($"{place} is a text of 1 to {MaxLetters} letters without control characters");
    }
}
