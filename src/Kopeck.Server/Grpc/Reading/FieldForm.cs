using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Kopeck.Server.Grpc.Reading;

/// <summary>A field of a message on the wire.</summary>
/// <param name="Slot">Its place in the row of its form.</param>
/// <param name="End">The place behind those of what is in it.</param>
/// <param name="Nested">The message in it, where there is one at most.</param>
sealed record FieldForm(FieldDescriptor Field, int Slot, int End, MessageForm? Nested)
{
    readonly bool isVarint = Field.FieldType is FieldType.Int32 or FieldType.Int64 or FieldType.Bool or FieldType.Enum;

    /// <summary>The other fields of which only one is there: the last.</summary>
    public IReadOnlyList<FieldForm> Rivals { get; set; } = [];

    /// <summary>Whether it is text, which has to be UTF-8.</summary>
    public bool IsText { get; } = Field.FieldType == FieldType.String;

    /// <summary>Whether there may be several.</summary>
    public bool IsRepeated { get; } = Field.IsRepeated;

    /// <summary>Whether it is a number; several may be packed together.</summary>
    public bool IsVarint => isVarint;

    /// <summary>Whether it may have a wire type.</summary>
    public bool Takes(WireFormat.WireType type) => type switch
    {
        WireFormat.WireType.Varint => isVarint,
        WireFormat.WireType.LengthDelimited => !isVarint || IsRepeated,
        _ => false,
    };
}
