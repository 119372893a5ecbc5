using Kopeck.Api.Answers;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Errors;

namespace Kopeck.Api.Calls;

/// <summary>Items of batches and streams.</summary>
public static class BatchItems
{
    /// <summary>How many problems are told of all items of a batch together.</summary>
    public const int MostProblems = 1_000;

    /// <summary>The refusal of an item's form, told where so many problems may still be, or else only counted.</summary>
    public static Rejection Tell(Rejection refusal, int problemsLeft) => refusal.Fields.Length <= problemsLeft
        ? refusal
        : new Rejection(refusal.Code, $"{refusal.Fields.Length} field is not valid") { MoreFields = refusal.Fields.Length };

    /// <summary>Items that were made in this program.</summary>
    public static IReadOnlyList<BatchItem> Read(IReadOnlyList<ItemRequest> requests, Identity who)
    {
        var items = new BatchItem[requests.Count];
        var problems = 0;
        for (var place = 0; place < items.Length; place++)
        {
            items[place] = BatchItem.Of(requests[place], who, MostProblems - problems);
            problems += items[place].Refusal?.Fields.Length ?? 0;
        }

        return items;
    }

    /// <summary>What became of items of which none may be done.</summary>
    internal static BatchAnswer Refuse(IReadOnlyList<BatchItem> items) =>
        new([.. items.Select(item => Result<OperationAnswer>.Refuse(item.Refusal!))]);

    /// <summary>Does items, each for itself, with keys of their own.</summary>
    public static async Task<IReadOnlyList<Result<OperationAnswer>>> SubmitAsync(
        LedgerApi api, Identity who, IReadOnlyList<BatchItem> items)
    {
        if (items.All(item => item.Refusal is not null))
            return Refuse(items).Outcomes;
        return BatchAnswer.Of(await api.Engine.SubmitBatchAsync(
            who.Caller, ToRequests(items), atomic: false).ConfigureAwait(false)).Outcomes;
    }

    /// <summary>The items as the engine takes them.</summary>
    public static Request[] ToRequests(IReadOnlyList<BatchItem> items)
    {
        var requests = new Request[items.Count];
        for (var place = 0; place < requests.Length; place++)
            requests[place] = items[place].ToRequest();
        return requests;
    }
}
