using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kopeck.Ledger.Errors;

namespace Kopeck.Server.Grpc.Reading;

/// <summary>
/// Finds fields that this version does not know, which are refused like unknown members of JSON: passing over one could
/// change what a newer caller means. The runtime keeps them in a private field of each message and tells nobody.
/// </summary>
static class UnknownFields
{
    static readonly ConcurrentDictionary<Type, FieldInfo> Holders = new();

    /// <summary>Adds a problem for each, in the message and those in it.</summary>
    public static void Check(IMessage message, List<FieldProblem> problems, string place = "")
    {
        var holder = Holders.GetOrAdd(message.GetType(), type => type.GetField("_unknownFields", BindingFlags.NonPublic | BindingFlags.Instance)
            ?? throw new InvalidOperationException($"{type} keeps no unknown fields"));
        if (holder.GetValue(message) is UnknownFieldSet unknown)
        {
            foreach (var number in Numbers(unknown))
                problems.Add(new FieldProblem($"{place}/[{number}]", "unknown_member", $"There is no such field, or not of this type: {message.Descriptor.Name} has {string.Join(", ", message.Descriptor.Fields.InFieldNumberOrder().Select(field => field.Name))}"));
        }

        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.FieldType == FieldType.Message && !field.IsMap)
                CheckField(message, field, problems, place);
        }
    }

    /// <summary>The numbers of the fields, from their bytes: they are not to be had otherwise.</summary>
    static List<int> Numbers(UnknownFieldSet unknown)
    {
        using var bytes = new MemoryStream(unknown.CalculateSize());
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
            unknown.WriteTo(output);
        bytes.Position = 0;
        using var input = new CodedInputStream(bytes, leaveOpen: true);
        var numbers = new List<int>();
        while (input.ReadTag() is var tag and not 0)
        {
            var number = WireFormat.GetTagFieldNumber(tag);
            if (!numbers.Contains(number))
                numbers.Add(number);
            input.SkipLastField();
        }

        return numbers;
    }

    static void CheckField(IMessage message, FieldDescriptor field, List<FieldProblem> problems, string place)
    {
        var value = field.Accessor.GetValue(message);
        if (value is IMessage inner)
        {
            Check(inner, problems, $"{place}/{field.JsonName}");
        }
        else if (value is IList items)
        {
            for (var index = 0; index < items.Count; index++)
                Check((IMessage)items[index]!, problems, $"{place}/{field.JsonName}/{index}");
        }
    }
}
