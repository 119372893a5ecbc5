using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Kopeck.V1;

namespace Kopeck.Parity.Tests.Driving;

/// <summary>
/// Messages as the JSON that HTTP answers: by the fields' JSON names, with moneys in their parts, words for enum values and texts for
/// numbers of the journal.
/// </summary>
public static class MessageJson
{
    static readonly string[] JournalNumbers = ["asOf", "number"];

    public static JsonObject Of(IMessage message)
    {
        var json = new JsonObject();
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.HasPresence && !field.Accessor.HasValue(message))
                continue;
            var value = field.Accessor.GetValue(message);
            if (field.IsMap)
                json[field.JsonName] = Map(field.MessageType.FindFieldByName("value"), (IDictionary)value);
            else if (field.IsRepeated)
                json[field.JsonName] = new JsonArray([.. ((IList)value).Cast<object>().Select(item => Value(field, item))]);
            else if (field.Name == "metadata")
                json[field.JsonName] = JsonNode.Parse((string)value);
            else
                json[field.JsonName] = Value(field, value);
            if (value is Money money && field.Name == "amount")
                json["currency"] = money.Currency;
        }

        return json;
    }

    static JsonObject Map(FieldDescriptor value, IDictionary map) =>
        new(map.Keys.Cast<string>().Select(key => KeyValuePair.Create(key, Value(value, map[key]))));

    static JsonNode? Value(FieldDescriptor field, object? value) => value switch
    {
        null => null,
        Money money => money.Amount,
        Timestamp at => at.ToDateTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        IMessage message => Of(message),
        _ when field.FieldType == FieldType.Enum => Word(field.EnumType, (int)value),
        long number when JournalNumbers.Contains(field.JsonName) => number.ToString(CultureInfo.InvariantCulture),
        long number => number,
        int number => number,
        bool flag => flag,
        _ => value.ToString(),
    };

    static string? Word(EnumDescriptor descriptor, int number)
    {
        var prefix = descriptor.Values[0].Name.Length - "UNSPECIFIED".Length;
        return number == 0 ? null : descriptor.FindValueByNumber(number).Name[prefix..].ToLowerInvariant();
    }
}
