using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Kopeck.Api;
using Kopeck.Api.Calls;
using Kopeck.Api.Inputs;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.Http;

/// <summary>
/// Reads a JSON body strictly into a request record, token by token: unknown members, members that are there twice and values of another
/// type are refused by name.
/// </summary>
/// <param name="utf8">The body.</param>
/// <param name="who">Who asks: an item of a batch is judged by its scope before its fields.</param>
public sealed class JsonBody(ReadOnlyMemory<byte> utf8, Identity who)
{
    const int MaxDepth = 32;

    static readonly JsonReaderOptions Strict = new() { MaxDepth = MaxDepth };

    byte[] unescaped = [];
    int toldOfItems;

    /// <summary>Reads it; the refusal of what is no JSON object with each member once.</summary>
    /// <param name="problems">Gets what is wrong with its members.</param>
    public static Rejection? Read(ReadOnlyMemory<byte> utf8, Call call, CallRequest request, Identity who, Problems problems)
    {
        // RFC 8259, section 8.1: a parser may ignore a byte order mark, which some editors and languages write.
        if (utf8.Span.StartsWith(Encoding.UTF8.Preamble))
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        if (utf8.IsEmpty && call.MayLackBody)
            return null;
        // A JSON parser lets broken UTF-8 in strings pass until they are read.
        if (!Utf8.IsValid(utf8.Span))
            return Malformed("The body is not UTF-8");
        try
        {
            return new JsonBody(utf8, who).Read(call, request, problems) ? problems.Malformed : Malformed("The body is a JSON object");
        }
        catch (JsonException exception)
        {
            return Malformed(utf8.IsEmpty
                ? "The body is empty: send a JSON object"
                : $"The body is not a JSON object with each member once: {exception.Message}");
        }
    }

    static Rejection Malformed(string detail) => new(ErrorCode.MalformedRequest, detail);

    bool Read(Call call, CallRequest request, Problems problems)
    {
        var json = new Utf8JsonReader(utf8.Span, Strict);
        json.Read();
        var isObject = json.TokenType == JsonTokenType.StartObject;
        if (!isObject)
            Skip(ref json);
        else if (call.BodyKind == BodyKind.Map)
            ReadMap(ref json, (MapInput)call.Members[0], request, problems);
        else
        {
            ReadObject(ref json, call.Members, request, "", problems);
            request.CheckWhole(problems);
        }

        // What follows the object is an error of the reader's own.
        json.Read();
        return isObject;
    }

    void ReadObject(ref Utf8JsonReader json, IReadOnlyList<Input> members, object target, string place, Problems problems)
    {
        ulong seen = 0;
        HashSet<string>? unknown = null;
        var expected = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var index = Find(ref json, members, expected);
            if (index < 0)
            {
                var name = NameOf(ref json);
                if (!(unknown ??= new(StringComparer.Ordinal)).Add(name))
                    throw Twice(name);
                AddUnknown(name, members, place, problems);
                json.Read();
                Skip(ref json);
                continue;
            }

            if ((seen & (1UL << index)) != 0)
                throw Twice(members[index].Name);
            seen |= 1UL << index;
            expected = index + 1;
            json.Read();
            ReadMember(ref json, members[index], target, place, problems);
        }

        for (var index = 0; index < members.Count; index++)
        {
            if (members[index].IsRequired && (seen & (1UL << index)) == 0)
                problems.Add(place, members[index].Pointer, members[index].Missing("is missing"));
        }
    }

    /// <summary>The place of a member; callers mostly write them in our order.</summary>
    static int Find(ref Utf8JsonReader json, IReadOnlyList<Input> members, int expected)
    {
        for (var step = 0; step < members.Count; step++)
        {
            var index = (expected + step) % members.Count;
            if (json.ValueIsEscaped ? NameOf(ref json) == members[index].Name : json.ValueSpan.SequenceEqual(members[index].Utf8Name))
                return index;
        }

        return -1;
    }

    void ReadMember(ref Utf8JsonReader json, Input member, object target, string place, Problems problems)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            if (member.IsNullable)
                member.Clear(target);
            else if (member.IsRequired || member.RefusesNull)
                problems.Add(place, member.Pointer, member.Missing("is null"));
        }
        else if (member is ListInput list && json.TokenType == JsonTokenType.StartArray)
        {
            ReadList(ref json, list, target, place, problems);
        }
        else if (member.Read(target, ValueOf(ref json, member)) is { } error)
        {
            problems.Add(place, member.Pointer, error);
        }
    }

    WireValue ValueOf(ref Utf8JsonReader json, Input member)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String when !json.ValueIsEscaped:
                return WireValue.OfText(json.ValueSpan);
            case JsonTokenType.String:
                return TryUnescape(ref json, out var length) ? WireValue.OfText(unescaped.AsSpan(0, length)) : WireValue.Broken;
            case JsonTokenType.Number:
                return WireValue.OfNumber(json.ValueSpan);
            case JsonTokenType.True or JsonTokenType.False:
                return WireValue.OfFlag(json.TokenType == JsonTokenType.True);
            case JsonTokenType.StartObject when member.Kind == InputKind.Metadata:
                var start = (int)json.TokenStartIndex;
                json.Skip();
                return WireValue.OfObject(utf8.Span[start..(int)json.BytesConsumed]);
            default:
                var kind = KindOf(json.TokenType);
                Skip(ref json);
                return WireValue.Of(kind);
        }
    }

    static WireKind KindOf(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => WireKind.Object,
        JsonTokenType.StartArray => WireKind.Array,
        _ => WireKind.Null,
    };

    bool TryUnescape(ref Utf8JsonReader json, out int length)
    {
        length = 0;
        if (unescaped.Length < json.ValueSpan.Length)
            unescaped = new byte[json.ValueSpan.Length];
        try
        {
            length = json.CopyString(unescaped);
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return false;
        }
    }

    void ReadList(ref Utf8JsonReader json, ListInput list, object target, string place, Problems problems)
    {
        // Of a list that is too long, its items' problems are not told.
        var inner = new Problems();
        var count = list switch
        {
            ObjectsInput objects => ReadObjects(ref json, objects, target, place, inner),
            WordsInput words => ReadWords(ref json, words, target, place, inner),
            _ => ReadItems(ref json, (ItemsInput)list, (BatchRequest)target),
        };
        if (list.CheckCount(count) is { } error)
            problems.Add(place, list.Pointer, error);
        else
            problems.AddAll(inner);
    }

    int ReadObjects(ref Utf8JsonReader json, ObjectsInput list, object target, string place, Problems problems)
    {
        var items = new List<object>();
        var count = 0;
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; count++)
        {
            if (count >= list.MaxItems)
            {
                Skip(ref json);
                continue;
            }

            var item = list.NewItem();
            items.Add(item);
            // The place of one without problems is never told.
            var own = new Problems();
            if (json.TokenType == JsonTokenType.StartObject)
                ReadObject(ref json, list.Members, item, "", own);
            else
                own.Add("", ValueOf(ref json, list).WrongType("an object"));
            problems.AddAll($"{place}{list.Pointer}/", count, own);
        }

        list.Set(target, items);
        return count;
    }

    int ReadWords(ref Utf8JsonReader json, WordsInput list, object target, string place, Problems problems)
    {
        var words = new List<string>();
        var count = 0;
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; count++)
        {
            if (list.ReadWord(ValueOf(ref json, list), words) is { } error)
                problems.Add(place, $"{list.Pointer}/{count}", error);
        }

        list.Set(target, words);
        return count;
    }

    int ReadItems(ref Utf8JsonReader json, ItemsInput list, BatchRequest batch)
    {
        var items = new List<BatchItem>();
        var count = 0;
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; count++)
        {
            if (count < list.MaxItems)
                items.Add(ReadItem(ref json));
            else
                Skip(ref json);
        }

        ItemsInput.Set(batch, items);
        return count;
    }

    BatchItem ReadItem(ref Utf8JsonReader json)
    {
        ItemKind? kind = null;
        Rejection? refusal;
        if (json.TokenType != JsonTokenType.StartObject)
            refusal = Rejection.InvalidFields(new FieldProblem("", "wrong_type", "An item of a batch is an object"));
        else if (FindKind(json, out var isGiven) is not { } found)
            refusal = ItemKind.Missing("/kind", isGiven ? "unknown_value" : "required");
        else
            refusal = Refusals.Forbid((kind = found).Call.Scope, who);
        if (refusal is not null)
        {
            Skip(ref json);
            refusal = BatchItems.Tell(refusal, BatchItems.MostProblems - toldOfItems);
            toldOfItems += refusal.Fields.Length;
            return BatchItem.Refuse(kind, refusal);
        }

        var request = (ItemRequest)kind!.Call.NewRequest();
        var problems = new Problems(BatchItems.MostProblems - toldOfItems);
        ReadObject(ref json, kind.Members, request, "", problems);
        request.CheckWhole(problems);
        if (problems.Malformed is { } malformed)
            throw new JsonException(malformed.Detail);
        toldOfItems += problems.Count;
        return new BatchItem(request, kind, problems.Refusal);
    }

    /// <summary>
    /// Looks for an item's kind, which is mostly its first member. The reader is a copy: the item itself is read after it.
    /// </summary>
    static ItemKind? FindKind(Utf8JsonReader json, out bool isGiven)
    {
        isGiven = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            isGiven = json.ValueSpan.SequenceEqual("kind"u8);
            json.Read();
            if (isGiven)
                return json.TokenType == JsonTokenType.String ? ItemKind.Find(json.ValueSpan) : null;
            json.Skip();
        }

        return null;
    }

    void ReadMap(ref Utf8JsonReader json, MapInput map, object target, Problems problems)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = NameOf(ref json);
            if (!names.Add(name))
                throw Twice(name);
            json.Read();
            var (part, own) = (map.NewPart(), new Problems());
            if (json.TokenType == JsonTokenType.StartObject)
                ReadObject(ref json, map.Members, part, "", own);
            else if (map.ReadSingle(part, ValueOf(ref json, map)) is { } error)
                own.Add("", error);
            if (!own.Any)
                map.AddTo(target, name, part, problems);
            else if (map.CheckName(name) is { } unknown)
                problems.Add("/" + Pointer.Escape(name), unknown);
            else
                problems.AddAll(own, "/" + Pointer.Escape(name));
        }
    }

    static void AddUnknown(string name, IReadOnlyList<Input> members, string place, Problems problems)
    {
        if (problems.IsFull)
        {
            problems.Add();
            return;
        }

        var known = members.Count == 0 ? "the body has no members" : "known are " + string.Join(
            ", ", members.Select(member => member.Name));
        problems.Add(place + "/", Pointer.Escape(name), new FieldError("unknown_member", $"There is no such member: {known}"));
    }

    /// <summary>Passes over a value, in which each member is there once as well.</summary>
    static void Skip(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.StartArray)
        {
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                Skip(ref json);
        }
        else if (json.TokenType == JsonTokenType.StartObject)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = NameOf(ref json);
                if (!names.Add(name))
                    throw Twice(name);
                json.Read();
                Skip(ref json);
            }
        }
    }

    static string NameOf(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("A member's name has an unpaired surrogate", exception);
        }
    }

    static JsonException Twice(string name) => new($"The member {Pointer.Escape(name)} is there twice");
}
