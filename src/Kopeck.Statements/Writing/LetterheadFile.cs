using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kopeck.Ledger;
using Kopeck.Ledger.Reference;

namespace Kopeck.Statements.Writing;

/// <summary>
/// Reads letterheads: <c>[{"from": "2026-01-01", "name": "...", "lines": ["..."]}]</c>, one for each time that the house changed it.
/// </summary>
public static class LetterheadFile
{
    /// <summary>The most lines under the name.</summary>
    public const int MaxLines = 6;

    /// <summary>The most letters of a name or a line.</summary>
    public const int MaxLetters = 80;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    static readonly string[] Members =
        [
            "from", "name", "lines", "bic", "bankId", "country", "taxId", "taxReason", "correspondentAccount", "quickenId", "accounts",
            "customers"];

    static readonly string[] AccountMembers = ["iban", "number", "type"];

    static readonly string[] CustomerMembers = ["taxId", "taxReason"];

    static readonly JsonDocumentOptions Options =
        new() { AllowDuplicateProperties = false, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads UTF-8.</summary>
    /// <param name="problem">What is wrong, in one line that says where.</param>
    public static bool TryParse(
        ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out Letterheads? letterheads, [NotNullWhen(false)] out string? problem)
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
        Only(item, place, Members);
        var from = default(Instant);
        if (item.TryGetProperty("from", out var since)
            && (since.ValueKind != JsonValueKind.String || !Instant.TryParse(since.GetString(), out from)))
            throw new FormatException($"{place}.from is a date such as 2026-01-01, or an instant");
        if (!item.TryGetProperty("name", out var name))
            throw new FormatException($"{place}.name is missing");
        return new Letterhead(
            from, Text(name, place + ".name"), item.TryGetProperty("lines", out var lines) ? Lines(lines, place + ".lines") : [])
        {
            Bic = Word(item, place, "bic", "[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?", "8 or 11 letters and digits, such as KOPCIE2D"),
            BankId = Word(item, place, "bankId", "[A-Za-z0-9-]{1,9}", "1 to 9 letters and digits"),
            Country = Word(item, place, "country", "[A-Z]{2}", "two letters, such as IE"),
            TaxId = Word(item, place, "taxId", "[A-Za-z0-9-]{1,20}", "1 to 20 letters and digits"),
            TaxReason = Word(item, place, "taxReason", "[A-Za-z0-9-]{1,20}", "1 to 20 letters and digits"),
            CorrespondentAccount = Word(item, place, "correspondentAccount", "[0-9]{20}", "20 digits"),
            QuickenId = Word(item, place, "quickenId", "[0-9]{1,10}", "1 to 10 digits"),
            Accounts = Map(item, place, "accounts", ReadNumbers),
            Customers = Map(item, place, "customers", ReadTax),
        };
    }

    static AccountNumbers ReadNumbers(JsonElement item, string place)
    {
        Only(item, place, AccountMembers);
        string? iban = null;
        if (item.TryGetProperty("iban", out var given)
            && (given.ValueKind != JsonValueKind.String || !Iban.TryParse(given.GetString()!, out iban)))
            throw new FormatException($"{place}.iban is no IBAN: its check digits are wrong, or its length");
        AccountType? type =
            Word(item, place, "type", "revenue|expense|asset|liability|equity", "revenue, expense, asset, liability or equity") is { } word
            ? Enum.Parse<AccountType>(word, ignoreCase: true)
            : null;
        return new AccountNumbers(iban, Word(item, place, "number", "[A-Za-z0-9./-]{1,34}", "1 to 34 letters and digits"), type);
    }

    static TaxNumbers ReadTax(JsonElement item, string place)
    {
        Only(item, place, CustomerMembers);
        return new TaxNumbers(
            Word(item, place, "taxId", "[A-Za-z0-9-]{1,20}", "1 to 20 letters and digits"),
            Word(item, place, "taxReason", "[A-Za-z0-9-]{1,20}", "1 to 20 letters and digits"));
    }

    static Dictionary<string, T> Map<T>(JsonElement item, string place, string member, Func<JsonElement, string, T> read)
    {
        if (!item.TryGetProperty(member, out var json))
            return [];
        if (json.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{place}.{member} is an object whose members are ids or codes");
        return json.EnumerateObject()
            .ToDictionary(entry => entry.Name, entry => read(entry.Value, $"{place}.{member}.{entry.Name}"), StringComparer.Ordinal);
    }

    static void Only(JsonElement item, string place, string[] known)
    {
        if (item.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{place} is not an object");
        foreach (var member in item.EnumerateObject())
        {
            if (!known.Contains(member.Name))
                throw new FormatException($"{place}: there is no member {member.Name}; there are {string.Join(", ", known)}");
        }
    }

    static string? Word(JsonElement item, string place, string member, string pattern, string expected)
    {
        if (!item.TryGetProperty(member, out var json))
            return null;
        return json.ValueKind == JsonValueKind.String && Regex.IsMatch(json.GetString()!, $@"\A({pattern})\z", RegexOptions.None, Patience)
            ? json.GetString()
            : throw new FormatException($"{place}.{member} is {expected}");
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
            ? NormalForm.Compose(text)
            : throw new FormatException($"{place} is a text of 1 to {MaxLetters} letters without control characters");
    }
}
