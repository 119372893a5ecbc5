using Kopeck.Api.Inputs;

namespace Kopeck.Api.Calls;

/// <summary>The items of a batch: what is wrong with one becomes its refusal, not the batch's.</summary>
public sealed class ItemsInput : ListInput
{
    /// <summary>The most items of a batch.</summary>
    public const int Most = 10_000;

    internal ItemsInput()
        : base(
            "operations",
            InputKind.Items,
            "Bodies of deposits, withdrawals, transfers, postings, holds and what is done to them, and reversals, each with its kind and "
            + "optionally its own key") =>
        (IsRequired, MaxItems) = (true, Most);

    /// <summary>Gives the batch its items.</summary>
    public static void Set(BatchRequest request, IReadOnlyList<BatchItem> items) => request.Items = items;

    internal override void Check(object request, Problems problems, string place, string end)
    {
        if (CheckCount(((BatchRequest)request).Operations.Count) is { } error)
            problems.Add(place, end, error);
    }
}
