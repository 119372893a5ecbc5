using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kopeck.V1;

namespace Kopeck.Grpc.Tests.Twins;

/// <summary>
/// Writes the message that a JSON body is, field by field, also where the body is wrong: a member of another type becomes a field of
/// another wire type, an unknown member a field of an unknown number, half a character its three bytes.
/// </summary>
sealed class TwinWriter
{
    const int UnknownNumber = 900;

    readonly MemoryStream bytes;
    readonly CodedOutputStream output;
    readonly MessageDescriptor message;
    int unknown;

    TwinWriter(MessageDescriptor message, MemoryStream bytes, CodedOutputStream output)
    {
        this.message = message;
        this.bytes = bytes;
        this.output = output;
    }

    /// <summary>Whether every member could be said with the field's own type: then the errors are the same to the last code.</summary>
    public bool IsExact { get; private set; } = true;

    /// <summary>Whether there is a text that is not UTF-8: then there is no message.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>A body as a message's bytes, followed by more fields.</summary>
    public static (byte[] Bytes, TwinWriter Writer) Write(
        MessageDescriptor message, JsonElement body, IEnumerable<(string Name, string Text)> more)
    {
        var writer = Start(message);
        writer.WriteMembers(body);
        foreach (var (name, text) in more)
            writer.WriteText(writer.message.FindFieldByName(name), text);
        writer.output.Flush();
        return (writer.bytes.ToArray(), writer);
    }

    static TwinWriter Start(MessageDescriptor message)
    {
        var stream = new MemoryStream();
        return new TwinWriter(message, stream, new CodedOutputStream(stream, leaveOpen: true));
    }

    void WriteMembers(JsonElement body)
    {
        var money = message.Fields.InFieldNumberOrder()
            .FirstOrDefault(field => !field.IsRepeated && field.FieldType == FieldType.Message && field.MessageType == Money.Descriptor);
        if (money is not null)
            WriteMoney(money, body);
        foreach (var member in body.EnumerateObject())
        {
            if (money is not null && member.Name is "amount" or "currency")
                continue;
            if (message.Fields.InFieldNumberOrder().FirstOrDefault(field => field.IsMap) is { } map
                && message.FindFieldByName(member.Name) is null)
                WriteEntry(map, member);
            else if (message.Fields.InFieldNumberOrder()
                .FirstOrDefault(field => field.JsonName == member.Name && field.Name is not ("id" or "dry_run")) is { } field)
                WriteMember(field, member.Value);
            else
                WriteUnknown();
        }
    }

    void WriteMoney(FieldDescriptor field, JsonElement body)
    {
        var parts = Start(Money.Descriptor);
        var isGiven = false;
        foreach (var name in new[] { "amount", "currency" })
        {
            if (!body.TryGetProperty(name, out var part) || part.ValueKind == JsonValueKind.Null)
                continue;
            isGiven = true;
            parts.WriteMember(Money.Descriptor.FindFieldByName(name), part);
        }

        if (!isGiven)
            return;
        // An amount that was left out cannot be told from one that is empty once there is a currency.
        IsExact &= body.TryGetProperty("amount", out _);
        WriteMessage(field, parts);
    }

    void WriteMember(FieldDescriptor field, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null when message.FindFieldByName("no_" + field.Name) is { } none:
                output.WriteTag(none.FieldNumber, WireFormat.WireType.Varint);
                output.WriteBool(true);
                break;
            case JsonValueKind.Null when message.FindFieldByName("clear") is { } clear:
                var mask = new Google.Protobuf.WellKnownTypes.FieldMask { Paths = { field.Name } };
                output.WriteTag(clear.FieldNumber, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(mask.ToByteString());
                break;
            case JsonValueKind.Null:
                break;
            case JsonValueKind.Array when field.IsRepeated:
                IsExact &= value.GetArrayLength() > 0;
                foreach (var item in value.EnumerateArray())
                    WriteSingle(field, item);
                break;
            case not JsonValueKind.Array when field.IsRepeated:
                WriteWrongly(field);
                break;
            default:
                WriteSingle(field, value);
                break;
        }
    }

    void WriteSingle(FieldDescriptor field, JsonElement value)
    {
        switch (field.FieldType)
        {
            case FieldType.String when field.Name == "metadata":
                WriteText(field, value.GetRawText());
                break;
            case FieldType.String when value.ValueKind == JsonValueKind.String
                || (value.ValueKind == JsonValueKind.Number && field.Name is "amount" or "floor"):
                WriteString(field, value);
                break;
            case FieldType.Enum when value.ValueKind == JsonValueKind.String:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.Varint);
                output.WriteEnum(
                    field.EnumType.Values.FirstOrDefault(
                        known => known.Name.EndsWith("_" + value.GetString()!.ToUpperInvariant(), StringComparison.Ordinal))?.Number
                        ?? 99);
                break;
            case FieldType.Int32 or FieldType.Int64 when value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number):
                output.WriteTag(field.FieldNumber, WireFormat.WireType.Varint);
                output.WriteInt64(number);
                break;
            case FieldType.Message when value.ValueKind == JsonValueKind.String
                && field.MessageType == Google.Protobuf.WellKnownTypes.Timestamp.Descriptor
                && Ledger.Instant.TryParse(value.GetString(), out var instant):
                output.WriteTag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(Kopeck.Server.Grpc.Reading.Timestamps.From(instant).ToByteString());
                break;
            case FieldType.Bool when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.Varint);
                output.WriteBool(value.GetBoolean());
                break;
            case FieldType.Message when value.ValueKind == JsonValueKind.Object:
                WriteObject(field, value);
                break;
            default:
                WriteWrongly(field);
                break;
        }
    }

    void WriteObject(FieldDescriptor field, JsonElement value)
    {
        if (field.MessageType != Item.Descriptor)
        {
            var inner = Start(field.MessageType);
            inner.WriteMembers(value);
            WriteMessage(field, inner);
            return;
        }

        var item = Start(Item.Descriptor);
        var kind = value.TryGetProperty("kind", out var named) ? Item.Descriptor.FindFieldByName(named.GetString()) : null;
        if (kind is not null)
        {
            var operation = Start(kind.MessageType);
            operation.WriteMembers(
                JsonSerializer.SerializeToElement(
                    value.EnumerateObject().Where(member => member.Name is not ("kind" or "key"))
                        .ToDictionary(member => member.Name, member => member.Value)));
            item.WriteMessage(kind, operation);
        }

        WriteMessage(field, item);
    }

    void WriteMessage(FieldDescriptor field, TwinWriter inner)
    {
        IsExact &= inner.IsExact;
        IsBroken |= inner.IsBroken;
        inner.output.Flush();
        output.WriteTag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(inner.bytes.ToArray()));
    }

    void WriteEntry(FieldDescriptor map, JsonProperty entry)
    {
        var pair = Start(map.MessageType);
        pair.WriteText(map.MessageType.FindFieldByNumber(1), entry.Name);
        // One figure alone is what one unit is worth.
        var figures = Start(QuotePair.Descriptor);
        if (entry.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            figures.WriteText(QuotePair.Descriptor.FindFieldByName("base"), entry.Value.ToString());
        else if (entry.Value.ValueKind == JsonValueKind.Object)
            figures.WriteMembers(entry.Value);
        // Units that are left out are one.
        figures.IsExact &= entry.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number;
        pair.WriteMessage(map.MessageType.FindFieldByNumber(2), figures);
        WriteMessage(map, pair);
    }

    void WriteString(FieldDescriptor field, JsonElement value)
    {
        try
        {
            WriteText(field, value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // Half a character: its three bytes, as a careless writer of UTF-8 would send it.
            IsBroken = true;
            output.WriteTag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(0xed, 0xa0, 0x80));
        }
    }

    void WriteText(FieldDescriptor field, string text)
    {
        output.WriteTag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Encoding.UTF8.GetBytes(text)));
    }

    void WriteWrongly(FieldDescriptor field)
    {
        IsExact = false;
        var isNumber = field.FieldType is FieldType.Enum or FieldType.Bool or FieldType.Int32 or FieldType.Int64;
        output.WriteTag(field.FieldNumber, isNumber ? WireFormat.WireType.LengthDelimited : WireFormat.WireType.Varint);
        if (isNumber)
            output.WriteString("1");
        else
            output.WriteInt64(1);
    }

    void WriteUnknown()
    {
        output.WriteTag(UnknownNumber + unknown++, WireFormat.WireType.Varint);
        output.WriteInt64(1);
    }
}
