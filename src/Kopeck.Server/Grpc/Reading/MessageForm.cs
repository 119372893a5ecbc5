using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Kopeck.Server.Grpc.Reading;

/// <summary>
/// A message of requests as it is on the wire, worked out once from its descriptor: which numbers are which fields. The fields of messages
/// in it that are there once, such as an amount's, have places of their own in the same row, so that one pass over the bytes finds
/// everything.
/// </summary>
sealed class MessageForm
{
    readonly FieldForm?[] fields;

    MessageForm(MessageDescriptor descriptor, string path, ref int slots)
    {
        Descriptor = descriptor;
        Path = path;
        fields = new FieldForm?[descriptor.Fields.InFieldNumberOrder().Max(field => (int?)field.FieldNumber + 1) ?? 0];
        foreach (var field in descriptor.Fields.InFieldNumberOrder())
        {
            var slot = slots++;
            var isSingleMessage = field.FieldType == FieldType.Message && !field.IsRepeated;
            var nested = isSingleMessage ? new MessageForm(field.MessageType, $"{path}/{field.JsonName}", ref slots) : null;
            fields[field.FieldNumber] = new FieldForm(field, slot, slots, nested);
        }

        foreach (var oneof in descriptor.Oneofs.Where(oneof => !oneof.IsSynthetic))
        {
            foreach (var field in oneof.Fields)
            {
                var others = oneof.Fields.Where(other => other != field);
                fields[field.FieldNumber]!.Rivals = [.. others.Select(other => fields[other.FieldNumber]!)];
            }
        }
    }

    /// <summary>The message.</summary>
    public MessageDescriptor Descriptor { get; }

    /// <summary>Where it is in the message that was made a form of, as a JSON pointer.</summary>
    public string Path { get; }

    /// <summary>How many places the row has; of the outermost message only.</summary>
    public int Slots { get; private set; }

    /// <summary>The form of a message.</summary>
    public static MessageForm Of(MessageDescriptor descriptor)
    {
        var slots = 0;
        var form = new MessageForm(descriptor, "", ref slots);
        form.Slots = slots;
        return form;
    }

    /// <summary>The field with a number, where the wire type is its own.</summary>
    public FieldForm? Find(int number, WireFormat.WireType type) =>
        number < fields.Length && fields[number] is { } field && field.Takes(type) ? field : null;

    /// <summary>A field by its descriptor.</summary>
    public FieldForm this[FieldDescriptor field] => fields[field.FieldNumber]!;
}
