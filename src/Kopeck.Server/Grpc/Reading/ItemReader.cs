using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Calls;

namespace Kopeck.Server.Grpc.Reading;

/// <summary>Items of batches and streams.</summary>
static class ItemReader
{
    static readonly Dictionary<string, ShapePlan> Plans = MoneyCalls.Kinds.ToDictionary(
        pair => pair.Key, pair => ShapePlan.Make(V1.Item.Descriptor.FindFieldByName(pair.Key).MessageType, pair.Value.Shape), StringComparer.Ordinal);

    /// <summary>The message of an item's kind, for the paths of its fields.</summary>
    public static MessageDescriptor Descriptor(V1.Item item) => Find(item) is { } field ? field.MessageType : V1.Item.Descriptor;

    /// <summary>Reads an item; what is wrong with it becomes its refusal.</summary>
    public static Request Read(V1.Item item)
    {
        IdempotencyKey? key = null;
        if (Find(item) is not { } field)
            return new Request { Refusal = Rejection.InvalidFields(new FieldProblem("/operation", "required", $"operation is one of {string.Join(", ", MoneyCalls.Kinds.Keys)}")) };
        var reader = new MessageReader();
        if (item.HasKey)
        {
            if (IdempotencyKey.TryParse(item.Key, out var own, out var error))
                key = own;
            else
                reader.Problems.Add(new FieldProblem("/key", error));
        }

        var body = reader.Read((IMessage)field.Accessor.GetValue(item), Plans[field.Name]);
        return reader.Refusal is { } refusal
            ? new Request { Refusal = refusal }
            : new Request { Command = MoneyCalls.Kinds[field.Name].ToCommand(body), Key = key };
    }

    static FieldDescriptor? Find(V1.Item item) => V1.Item.Descriptor.Oneofs[0].Accessor.GetCaseFieldDescriptor(item);
}
