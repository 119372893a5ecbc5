using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Web;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kopeck.Api;
using Kopeck.Api.Calls;
using Kopeck.Server.Grpc.Reading;

namespace Kopeck.Grpc.Tests.Twins;

/// <summary>An HTTP request as a call of gRPC.</summary>
/// <param name="Method">Null where no method is meant: an unknown path, or a method that the path does not take.</param>
/// <param name="IsExact">Whether the message says just what the request does.</param>
/// <param name="IsBroken">Whether the bytes are no message.</param>
sealed record TwinRequest(GrpcMethod? Method, byte[] Message, bool IsExact, bool IsBroken)
{
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    public static TwinRequest Of(string httpMethod, string pathAndQuery, string? body, string idempotencyKey)
    {
        var parts = pathAndQuery.Split('?', 2);
        var call = CallTable.Find(parts[0], out var values).FirstOrDefault(call => call.Method == httpMethod);
        if (call is null || GrpcMethod.All.Values.FirstOrDefault(method => method.Call == call) is not { } method)
            return new TwinRequest(null, [], false, false);
        var message = method.Descriptor.InputType;
        var more = new List<(string Name, string Text)>();
        var places = call.Segments.Where(segment => segment[0] == '{').Select(segment => segment.Trim('{', '}'));
        more.AddRange(places.Zip(values.Select(Uri.UnescapeDataString)));
        if (message.FindFieldByName("idempotency_key") is not null)
            more.Add(("idempotency_key", idempotencyKey));
        var query = parts.Length == 2 ? HttpUtility.ParseQueryString(parts[1]) : [];
        var bytes = new MemoryStream();
        var isExact = WriteQuery(bytes, message, query);
        return body is null || call.BodyKind == BodyKind.None ? Finish(method, bytes, "{}", more, isExact) : call.BodyKind == BodyKind.Feed
            ? Finish(method, bytes, "{}", [.. more, ("feed", body)], isExact)
            : Finish(method, bytes, body, more, isExact);
    }

    static TwinRequest Finish(GrpcMethod method, MemoryStream query, string body, List<(string, string)> more, bool isExact)
    {
        try
        {
            using var json = JsonDocument.Parse(body.Length == 0 && method.Call.BodyKind == BodyKind.Empty ? "{}" : body, Strict);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                var (bytes, writer) = TwinWriter.Write(method.Descriptor.InputType, json.RootElement, more);
                query.Write(bytes);
                return new TwinRequest(method, query.ToArray(), isExact && writer.IsExact, writer.IsBroken);
            }
        }
        catch (JsonException)
        {
            // What is no JSON object has a twin that is no message.
        }

        // The text itself, and a length that goes beyond the end: no message begins like that.
        return new TwinRequest(method, [0x0a, 0xff, .. Encoding.UTF8.GetBytes(body)], false, true);
    }

    static bool WriteQuery(MemoryStream bytes, MessageDescriptor message, System.Collections.Specialized.NameValueCollection query)
    {
        var isExact = true;
        using var output = new CodedOutputStream(bytes, leaveOpen: true);
        foreach (var name in query.AllKeys)
        {
            var text = query[name] ?? "";
            var field = message.Fields.InFieldNumberOrder().FirstOrDefault(field => field.JsonName == name);
            if (name == "at")
                isExact &= WriteMoment(output, message, text);
            else if (field is null)
                isExact &= WriteUnknown(output);
            else
                isExact &= WriteParameter(output, field, text);
        }

        return isExact;
    }

    static bool WriteParameter(CodedOutputStream output, FieldDescriptor field, string text)
    {
        switch (field.FieldType)
        {
            case FieldType.String:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
                output.WriteString(text);
                return true;
            case FieldType.Int32 or FieldType.Int64 when IsNumber(text, out var number):
                output.WriteTag(field.FieldNumber, WireFormat.WireType.Varint);
                output.WriteInt64(number);
                return true;
            case FieldType.Enum:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.Varint);
                output.WriteEnum(99);
                return true;
            default:
                // A number, a flag or an instant that is none cannot be said: the field gets another type.
                output.WriteTag(
                    field.FieldNumber,
                    field.FieldType == FieldType.Message ? WireFormat.WireType.Varint : WireFormat.WireType.LengthDelimited);
                if (field.FieldType == FieldType.Message)
                    output.WriteInt64(1);
                else
                    output.WriteString(text);
                return false;
        }
    }

    static bool WriteMoment(CodedOutputStream output, MessageDescriptor message, string text)
    {
        if (IsNumber(text, out var number))
        {
            output.WriteTag(message.FindFieldByName("at_number").FieldNumber, WireFormat.WireType.Varint);
            output.WriteInt64(number);
            return true;
        }

        if (!Ledger.Instant.TryParse(text, out var instant))
            return WriteParameter(output, message.FindFieldByName("at_time"), text);
        output.WriteTag(message.FindFieldByName("at_time").FieldNumber, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(Timestamps.From(instant).ToByteString());
        return true;
    }

    // A number has no leading zeros in a message.
    static bool IsNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
        && number.ToString(CultureInfo.InvariantCulture) == text;

    static bool WriteUnknown(CodedOutputStream output)
    {
        output.WriteTag(950, WireFormat.WireType.Varint);
        output.WriteInt64(1);
        return false;
    }
}
