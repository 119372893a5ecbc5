using System.Text.Json;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.Bodies;

/// <summary>Reads objects strictly by their shapes, and says everything that is wrong with them at once.</summary>
public static class BodyReader
{
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
                MemberTexts.Missing(member, place, problems, "is null");
            else
                ReadMember(property.Value, member, $"{place}/{member.Name}", values, problems);
        }

        foreach (var member in shape.Members)
        {
            if (member.IsRequired && !body.TryGetProperty(member.Name, out _))
                MemberTexts.Missing(member, place, problems, "is missing");
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

    static void ReadMember(JsonElement json, Member member, string pointer, Dictionary<string, object?> values, List<FieldProblem> problems)
    {
        FieldError? error = null;
        object? value = member.Kind switch
        {
            MemberKind.Text => ReadString(json, out error) is { } text ? MemberTexts.ReadText(text, member, out error) : null,
            MemberKind.Id => ReadString(json, out error) is { } text ? MemberTexts.ReadId(text, out error) : null,
            MemberKind.Amount or MemberKind.Floor => ReadDecimal(json, out error) is { } text ? MemberTexts.ReadAmount(text, member, out error) : null,
            MemberKind.Currency => ReadString(json, out error) is { } text ? MemberTexts.ReadCurrency(text, out error) : null,
            MemberKind.Metadata => MetadataReader.Read(json, member.Field!, out error),
            MemberKind.WholeNumber => ReadNumber(json, out error) is { } number ? MemberTexts.ReadNumber(number, member, out error) : null,
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

    /// <summary>A decimal's text: a string's, or a number's own digits.</summary>
    static string? ReadDecimal(JsonElement json, out FieldError? error)
    {
        error = null;
        if (json.ValueKind == JsonValueKind.Number)
            return json.GetRawText();
        var text = ReadString(json, out error);
        if (error is { Code: "wrong_type" })
            error = WrongType("a decimal string, such as \"100.00\"", json);
        return text;
    }

    static long? ReadNumber(JsonElement json, out FieldError? error)
    {
        error = null;
        if (json.ValueKind != JsonValueKind.Number)
            error = WrongType("a whole number", json);
        else if (!json.TryGetInt64(out var number) || json.GetRawText().Any(letter => letter is '.' or 'e' or 'E'))
            error = new FieldError("bad_format", "A whole number has no decimals and no exponent");
        else
            return number;
        return null;
    }

    static object? ReadFlag(JsonElement json, out FieldError? error)
    {
        error = json.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : WrongType("true or false", json);
        return json.ValueKind == JsonValueKind.True;
    }

    static string? ReadChoice(JsonElement json, Member member, out FieldError? error) =>
        ReadString(json, out error) is { } word ? MemberTexts.ReadChoice(word, member, out error) : null;

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
        error = json.ValueKind == JsonValueKind.Array ? MemberTexts.CheckCount(member, json.GetArrayLength()) : WrongType("an array", json);
        if (error is not null)
            return null;
        var items = new List<T>(json.GetArrayLength());
        foreach (var item in json.EnumerateArray())
            items.Add(read(item, $"{pointer}/{items.Count}"));
        return items;
    }

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
