using Kopeck.Api.Answers;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;

namespace Kopeck.Api.Calls;

/// <summary>
/// Asks for several requests that move money or reserve it, in order: each for itself, or all or none. It needs a key, of which keys of its
/// items are made.
/// </summary>
public sealed record BatchRequest : CallRequest<BatchAnswer>
{
    static readonly Call Definition = new Call<BatchRequest, BatchAnswer>(
        "POST", "/v1/batches", "Does up to 10,000 operations, each for itself or all or none", RunAsync)
    {
        // Each item needs the scope of its kind; a key that could do none of them is refused at once.
        AnyScope = Scopes.Transfer | Scopes.Cash | Scopes.Administer,
        BodyKind = BodyKind.Json,
        BodyName = "Batch",
        NeedsKey = true,
        BodyLimit = Call.LargeBodyLimit,
        AnswerSchema = "BatchOutcomes",
        Body = take =>
        [
            new ItemsInput(),
            take.Flag("atomic", "true: all or none; false if left out: each for itself", r => r.Atomic, (r, atomic) => r.Atomic = atomic),
        ],
    };

    /// <summary>1 to 10,000.</summary>
    public IReadOnlyList<ItemRequest> Operations { get; set; } = [];

    /// <summary>All or none; otherwise each for itself.</summary>
    public bool Atomic { get; set; }

    /// <summary>The items as they were read.</summary>
    public IReadOnlyList<BatchItem> Items { get; internal set; } = [];

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<BatchAnswer>> RunAsync(CallContext context, BatchRequest request)
    {
        if (request.Operations.Count > 0)
            request.Items = BatchItems.Read(request.Operations, context.Who);
        var items = request.Items;
        // What needs no look at the book takes no place in its queue.
        if (items.All(item => item.Refusal is not null))
            return request.Atomic ? Abort(items[0].Refusal!) : BatchItems.Refuse(items);
        var batch = await context.Api.Engine.SubmitBatchAsync(
            context.Who.Caller, BatchItems.ToRequests(items), request.Atomic, request.DryRun, context.Key).ConfigureAwait(false);
        if (batch.Rejection is { } rejection)
            return rejection;
        return Result<BatchAnswer>.Of(BatchAnswer.Of(batch)) with { IsReplay = IsReplay(batch.Outcomes), IsDryRun = request.DryRun };
    }

    static bool IsReplay(IReadOnlyList<Outcome> outcomes)
    {
        var isReplay = false;
        foreach (var outcome in outcomes)
        {
            if (outcome is { IsAccepted: true, IsReplay: false })
                return false;
            isReplay |= outcome.IsAccepted;
        }

        return isReplay;
    }

    static Rejection Abort(Rejection first) =>
        new(ErrorCode.BatchAborted, $"Item 0 failed, so nothing of the batch was done: {first.Detail}") { Item = 0, ItemRejection = first };
}
