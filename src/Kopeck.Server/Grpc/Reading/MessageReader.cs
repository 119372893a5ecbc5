using System.Collections;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Bodies;

namespace Kopeck.Server.Grpc.Reading;

/// <summary>Reads messages strictly by their shapes, by the rules that hold for JSON, and says everything that is wrong with them at once. Pointers are those of JSON.</summary>
sealed class MessageReader
{
    /// <summary>What is wrong.</summary>
    public List<FieldProblem> Problems { get; } = [];

    /// <summary>Set when a text that should be JSON is none.</summary>
    public Rejection? Malformed { get; private set; }

    /// <summary>The refusal of what was read; null when all is well.</summary>
    public Rejection? Refusal => Malformed ?? (Problems.Count > 0 ? Rejection.InvalidFields([.. Problems]) : null);

    /// <summary>Reads the members of a shape.</summary>
    public BodyValues Read(IMessage message, ShapePlan plan, string place = "")
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        HashSet<string>? cleared = null;
        if (plan.Clear?.Accessor.GetValue(message) is FieldMask mask)
            cleared = ReadMask(mask, message, plan, place);
        foreach (var member in plan.Members)
        {
            var name = member.Member.Name;
            if (cleared?.Contains(name) == true || member.None?.Accessor.GetValue(message) is true)
                AddNull(member.Member, values, place);
            else if (GetValue(message, member) is { } value)
                ReadMember(value, member, $"{place}/{name}", values);
            else if (member.Member.IsRequired)
                MemberTexts.Missing(member.Member, place, Problems, "is missing");
        }

        return new BodyValues(values);
    }

    HashSet<string> ReadMask(FieldMask mask, IMessage message, ShapePlan plan, string place)
    {
        var cleared = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in mask.Paths)
        {
            if (plan.Members.FirstOrDefault(member => member.Field.Name == path || member.Field.JsonName == path) is not { } named)
                Problems.Add(new FieldProblem($"{place}/clear", "unknown_member", $"There is no field {path} that can be cleared"));
            else if (GetValue(message, named) is not null)
                Problems.Add(new FieldProblem($"{place}/clear", "repeated", $"{path} is to be cleared and has a value: send one of both"));
            else
                cleared.Add(named.Member.Name);
        }

        return cleared;
    }

    void AddNull(Member member, Dictionary<string, object?> values, string place)
    {
        if (member.IsNullable)
            values.Add(member.Name, null);
        else
            MemberTexts.Missing(member, place, Problems, "is null");
    }

    /// <summary>The field's value; null where it was left out, as far as the field can tell.</summary>
    static object? GetValue(IMessage message, MemberPlan plan)
    {
        var field = plan.Field;
        if (plan.Part is { } part)
        {
            return field.Accessor.GetValue(message) is IMessage money && part.Accessor.GetValue(money) is string text && (text.Length > 0 || plan.Member.IsRequired) ? text : null;
        }

        if (field.HasPresence && !field.Accessor.HasValue(message))
            return null;
        return field.Accessor.GetValue(message) switch
        {
            string { Length: 0 } when !field.HasPresence => null,
            IList { Count: 0 } => null,
            var value when field.FieldType == Google.Protobuf.Reflection.FieldType.Enum && !field.IsRepeated => EnumWords.Word(field.EnumType, (int)value),
            var value => value,
        };
    }

    void ReadMember(object value, MemberPlan plan, string pointer, Dictionary<string, object?> values)
    {
        var member = plan.Member;
        FieldError? error = null;
        var read = member.Kind switch
        {
            MemberKind.Text => MemberTexts.ReadText((string)value, member, out error),
            MemberKind.Id => MemberTexts.ReadId((string)value, out error),
            MemberKind.Amount or MemberKind.Floor => MemberTexts.ReadAmount((string)value, member, out error),
            MemberKind.Currency => MemberTexts.ReadCurrency((string)value, out error),
            MemberKind.Metadata => ReadMetadata((string)value, member, out error),
            MemberKind.WholeNumber => MemberTexts.ReadNumber(Convert.ToInt64(value, CultureInfo.InvariantCulture), member, out error),
            MemberKind.Flag => value,
            MemberKind.Choice => MemberTexts.ReadChoice((string)value, member, out error),
            MemberKind.Choices => ReadList((IList)value, member, (item, index) => ReadWord(item, plan, $"{pointer}/{index}"), out error),
            MemberKind.Objects => ReadList((IList)value, member, (item, index) => Read((IMessage)item, plan.Item!, $"{pointer}/{index}"), out error),
            MemberKind.Items => ReadList((IList)value, member, (item, _) => item, out error),
            _ => throw new ArgumentOutOfRangeException(nameof(plan), member.Kind, "unknown kind"),
        };
        if (error is not null)
            Problems.Add(new FieldProblem(pointer, error));
        else
            values.Add(member.Name, read);
    }

    string? ReadMetadata(string text, Member member, out FieldError? error)
    {
        error = null;
        try
        {
            return MetadataReader.Read(text, member.Field!, out error);
        }
        catch (JsonException exception)
        {
            Malformed ??= new Rejection(ErrorCode.MalformedRequest, $"{member.Name} is not a JSON object with each member once: {exception.Message}");
        }

        return null;
    }

    string ReadWord(object item, MemberPlan plan, string pointer)
    {
        var word = MemberTexts.ReadChoice(EnumWords.Word(plan.Field.EnumType, (int)item) ?? "unspecified", plan.Member, out var error);
        if (error is not null)
            Problems.Add(new FieldProblem(pointer, error));
        return word;
    }

    static List<T>? ReadList<T>(IList list, Member member, Func<object, int, T> read, out FieldError? error)
    {
        error = MemberTexts.CheckCount(member, list.Count);
        if (error is not null)
            return null;
        var items = new List<T>(list.Count);
        for (var index = 0; index < list.Count; index++)
            items.Add(read(list[index]!, index));
        return items;
    }
}
