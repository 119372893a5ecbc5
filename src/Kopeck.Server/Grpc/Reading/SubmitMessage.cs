using Kopeck.Api;
using Kopeck.Api.Calls;
using Kopeck.Api.Inputs;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.Grpc.Reading;

/// <summary>A message of a bulk submission: items, each refused for itself.</summary>
static class SubmitMessage
{
    const int MostItems = 1_000;

    static readonly MessageForm Form = MessageForm.Of(V1.SubmitRequest.Descriptor);

    /// <summary>Reads it; the refusal of the whole message.</summary>
    public static Rejection? Read(ReadOnlySpan<byte> data, Identity who, out List<BatchItem> items)
    {
        items = [];
        Span<Occurrence> row = stackalloc Occurrence[Form.Slots];
        var reader = new WireReader(data, row);
        if (!reader.TryRead(0, data.Length, Form))
            return MessageReader.Malformed;
        var problems = new Problems();
        MessageReader.AddUnknown(reader.Unknown, "", problems);
        var count = reader.Repeated?.Count ?? 0;
        if (count is 0 or > MostItems)
            problems.Add(
                "/operations",
                new FieldError(count == 0 ? "empty" : "too_many", $"A message has 1 to {MostItems} operations, got {count}"));
        if (problems.Refusal is { } refusal)
            return refusal;
        var told = 0;
        foreach (var found in reader.Repeated!)
        {
            if (!ItemReader.TryRead(data, found, who, BatchItems.MostProblems - told, out var item))
                return MessageReader.Malformed;
            told += item.Refusal?.Fields.Length ?? 0;
            items.Add(item);
        }

        return null;
    }
}
