using Google.Protobuf.Reflection;
using Kopeck.Api;
using Kopeck.Api.Calls;
using Kopeck.Api.Inputs;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.Grpc.Reading;

/// <summary>Items of batches and streams.</summary>
static class ItemReader
{
    static readonly MessageForm Form = MessageForm.Of(V1.Item.Descriptor);
    static readonly FieldForm Key = Form[V1.Item.Descriptor.FindFieldByName("key")];
    static readonly ItemPlan[] Plans = [.. ItemKind.All.Select(kind => new ItemPlan(
        kind, Form[V1.Item.Descriptor.FindFieldByName(kind.Word)]))];
    static readonly IReadOnlyDictionary<ItemKind, MessageDescriptor> Messages = Plans.ToDictionary(
        plan => plan.Kind, plan => plan.Field.Field.MessageType);

    /// <summary>The message of an item's kind, for the paths of its fields.</summary>
    public static MessageDescriptor Descriptor(ItemKind? kind) => kind is null ? V1.Item.Descriptor : Messages[kind];

    /// <summary>Reads an item; what is wrong with it becomes its refusal. False where its bytes are no message.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, Occurrence found, Identity who, int problemsLeft, out BatchItem item)
    {
        item = default;
        Span<Occurrence> row = stackalloc Occurrence[Form.Slots];
        var reader = new WireReader(data, row);
        if (!reader.TryRead(found.Start, found.Length, Form))
            return false;
        foreach (var plan in Plans)
        {
            if (row[plan.Field.Slot].IsSet)
                return TryRead(plan, data, row, reader, who, problemsLeft, out item);
        }

        item = BatchItem.Refuse(null, BatchItems.Tell(ItemKind.Missing("/operation", "required"), problemsLeft));
        return true;
    }

    static bool TryRead(
        ItemPlan plan,
        ReadOnlySpan<byte> data,
        ReadOnlySpan<Occurrence> row,
        WireReader reader,
        Identity who,
        int problemsLeft,
        out BatchItem item)
    {
        if (Refusals.Forbid(plan.Kind.Call.Scope, who) is { } forbidden)
        {
            item = BatchItem.Refuse(plan.Kind, forbidden);
            return true;
        }

        var request = (ItemRequest)plan.Kind.Call.NewRequest();
        var problems = new Problems(problemsLeft);
        item = default;
        MessageReader.AddUnknown(reader.Unknown, "", problems);
        if (row[Key.Slot].IsSet)
        {
            var text = MessageReader.Text(data, row[Key.Slot]);
            if (IdempotencyKey.TryParse(text, out _, out var error))
                request.Key = text;
            else
                problems.Add("/key", error);
        }

        if (!new BodyReading(data, who).TryReadMembers(plan.Members, row, reader.Repeated, request, "", problems))
            return false;
        request.CheckWhole(problems);
        item = new BatchItem(request, plan.Kind, problems.Refusal);
        return true;
    }

    /// <summary>Where an item holds the members of its kind.</summary>
    sealed record ItemPlan(ItemKind Kind, FieldForm Field)
    {
        public IReadOnlyList<Binding> Members { get; } = [.. Kind.Body.SelectMany(member => Binding.Make(member, Field.Nested!))];
    }
}
