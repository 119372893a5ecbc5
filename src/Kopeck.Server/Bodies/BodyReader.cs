using System.Globalization;
using System.Text.Json;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;

namespace Kopeck.Server.Bodies;

/// <summary>Reads objects strictly by their shapes, and says everything that is wrong with them at once.</summary>
public static class BodyReader
{
    static readonly FieldType DescriptionLess = new() { Name = "text", Kind = FieldKind.Text, Description = "" };

    /// <summary>Reads an object. Pointers start with <paramref name="place"/>.</summary>
    public static BodyValues Read(JsonElement body, Shape shape, List<FieldProblem> problems, string place = "")
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in body.EnumerateObject())
        {
            var member = Find(shape, property.Name);
            if (member is null)
                problems.Add(new FieldProblem($"{place}/{Escape(property.Name)}", "unknown_member", $"There is no such member: {Known(shape)}"));
            else if (property.Value.ValueKind == JsonValueKind.Null && member.IsNullable)
                values.Add(member.Name, null);
            else if (property.Value.ValueKind == JsonValueKind.Null)
                Missing(member, place, problems, "is null");
            else
                ReadMember(property.Value, member, $"{place}/{member.Name}", values, problems);
        }

        foreach (var member in shape.Members)
        {
            if (member.IsRequired && !body.TryGetProperty(member.Name, out _))
                Missing(member, place, problems, "is missing");
        }

        return new BodyValues(values);
    }

    /// <summary>Escapes a name for a JSON pointer (RFC 6901).</summary>
    public static string Escape(string name) =>
        (name.Length > 100 ? name[..100] : name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    static Member? Find(Shape shape, string name)
    {
        foreach (var member in shape.Members)
        {
            if (member.Name == name)
                return member;
        }

        return null;
    }

    static string Known(Shape shape) => shape.Members.Count == 0 ? "the body has no members" : "known are " + string.Join(", ", shape.Members.Select(member => member.Name));

    static void Missing(Member member, string place, List<FieldProblem> problems, string how)
    {
        if (member.IsRequired || member.RefusesNull)
            problems.Add(new FieldProblem($"{place}/{member.Name}", "required", $"{member.Name} {how}: {member.Description}"));
    }

    static void ReadMember(JsonElement json, Member member, string pointer, Dictionary<string, object?> values, List<FieldProblem> problems)
    {
        FieldError? error = null;
        object? value = member.Kind switch
        {
            MemberKind.Text => ReadText(json, member.Field ?? DescriptionLess, out error),
            MemberKind.Id => ReadId(json, out error),
            MemberKind.Amount => ReadAmount(json, isSigned: false, out error),
            MemberKind.Floor => ReadAmount(json, isSigned: true, out error),
            MemberKind.Currency => ReadCurrency(json, out error),
            MemberKind.Metadata => MetadataReader.Read(json, member.Field!, out error),
            MemberKind.WholeNumber => ReadNumber(json, member.Field!, out error),
            MemberKind.Flag => ReadFlag(json, out error),
            MemberKind.Choice => ReadChoice(json, member, out error),
            MemberKind.Choices => ReadList(json, member, pointer, problems, (item, itemPointer) => ReadWord(item, member, itemPointer, problems), out error),
            MemberKind.Objects => ReadList(json, member, pointer, problems, (item, itemPointer) => ReadObject(item, member.Item!, itemPointer, problems), out error),
            MemberKind.Items => ReadList(json, member, pointer, problems, (item, _) => item, out error),
            _ => throw new ArgumentOutOfRangeException(nameof(member), member.Kind, "unknown kind"),
        };
        if (error is not null)
            problems.Add(new FieldProblem(pointer, error));
        else
            values.Add(member.Name, value);
    }

    static string? ReadString(JsonElement json, out FieldError? error)
    {
        error = null;
        if (json.ValueKind != JsonValueKind.String)
        {
            error = WrongType("a string", json);
            return null;
        }

        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            error = new FieldError("unpaired_surrogate", "The text has an unpaired surrogate: send whole characters");
            return null;
        }
    }

    static string? ReadText(JsonElement json, FieldType type, out FieldError? error) =>
        ReadString(json, out error) is { } text && TextRules.TryNormalize(type, text, out var normal, out error) ? normal : null;

    static object? ReadId(JsonElement json, out FieldError? error)
    {
        if (ReadString(json, out error) is not { } text)
            return null;
        if (text.Length is 0 or > 30 || !text.All(char.IsAsciiDigit) || (text[0] == '0' && text.Length > 1))
            error = new FieldError("bad_format", "An id is a string of digits, such as \"13\"");
        // An id beyond 64 bits is well formed and nobody's.
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0L;
    }

    static object? ReadAmount(JsonElement json, bool isSigned, out FieldError? error)
    {
        var text = json.ValueKind == JsonValueKind.Number ? json.GetRawText() : null;
        if (text is null && ReadString(json, out error) is not { } written)
        {
            if (error!.Code == "wrong_type")
                error = WrongType("a decimal string, such as \"100.00\"", json);
            return null;
        }
        else
        {
            text ??= json.GetString()!;
        }

        return isSigned
            ? DecimalAmount.TryParseSigned(text, out var signed, out error) ? signed : null
            : DecimalAmount.TryParse(text, out var amount, out error) ? amount : null;
    }

    static object? ReadCurrency(JsonElement json, out FieldError? error) =>
        ReadString(json, out error) is { } code && Currency.TryFind(code, out var currency, out error) ? currency : null;

    static object? ReadNumber(JsonElement json, FieldType type, out FieldError? error)
    {
        error = null;
        if (json.ValueKind != JsonValueKind.Number)
            error = WrongType("a whole number", json);
        else if (!json.TryGetInt64(out var number) || json.GetRawText().Any(letter => letter is '.' or 'e' or 'E'))
            error = new FieldError("bad_format", "A whole number has no decimals and no exponent");
        else if (number < type.Minimum || number > type.Maximum)
            error = new FieldError("out_of_range", $"The number is from {type.Minimum} to {type.Maximum}, got {number}");
        else
            return number;
        return null;
    }

    static object? ReadFlag(JsonElement json, out FieldError? error)
    {
        error = json.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : WrongType("true or false", json);
        return json.ValueKind == JsonValueKind.True;
    }

    static string? ReadChoice(JsonElement json, Member member, out FieldError? error)
    {
        var word = ReadString(json, out error);
        if (error is null && !member.Words.Contains(word, StringComparer.Ordinal))
            error = UnknownWord(member);
        return word;
    }

    static string ReadWord(JsonElement json, Member member, string pointer, List<FieldProblem> problems)
    {
        var word = ReadChoice(json, member, out var error);
        if (error is not null)
            problems.Add(new FieldProblem(pointer, error));
        return word ?? "";
    }

    static BodyValues ReadObject(JsonElement json, Shape shape, string pointer, List<FieldProblem> problems)
    {
        if (json.ValueKind == JsonValueKind.Object)
            return Read(json, shape, problems, pointer);
        problems.Add(new FieldProblem(pointer, WrongType("an object", json)));
        return BodyValues.Empty;
    }

    static List<T>? ReadList<T>(JsonElement json, Member member, string pointer, List<FieldProblem> problems, Func<JsonElement, string, T> read, out FieldError? error)
    {
        error = null;
        if (json.ValueKind != JsonValueKind.Array)
            error = WrongType("an array", json);
        else if (json.GetArrayLength() == 0)
            error = new FieldError("empty", $"{member.Name} has at least one item");
        else if (json.GetArrayLength() > member.MaxItems)
            error = new FieldError("too_many", $"{member.Name} has at most {member.MaxItems} items, got {json.GetArrayLength()}");
        if (error is not null)
            return null;
        var items = new List<T>(json.GetArrayLength());
        foreach (var item in json.EnumerateArray())
            items.Add(read(item, $"{pointer}/{items.Count}"));
        return items;
    }

    static FieldError UnknownWord(Member member) => new("unknown_value", $"{member.Name} is one of {string.Join(", ", member.Words)}");

    static FieldError WrongType(string expected, JsonElement json) => new("wrong_type", $"Expected {expected}, got {Describe(json.ValueKind)}");

    static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
