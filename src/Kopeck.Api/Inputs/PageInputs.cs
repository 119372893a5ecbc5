namespace Kopeck.Api.Inputs;

/// <summary>The parameters of every list.</summary>
static class PageInputs
{
    static readonly Words<ListOrder> Orders = new(("asc", ListOrder.OldestFirst), ("desc", ListOrder.NewestFirst));

    /// <summary>Limit, order and cursor.</summary>
    public static Input[] Page<TRequest>(this InputsOf<TRequest> take)
        where TRequest : class, IListRequest =>
        [
            take.QueryLimit(r => r.Limit, (r, limit) => r.Limit = limit),
            take.QueryChoice(
                "order", "desc: newest first (if left out); asc: oldest first", Orders, r => r.Order, (r, order) => r.Order = order),
            new ValueInput<TRequest, string?>(
                "cursor",
                InputKind.Cursor,
                "The next of the page before",
                new QueryRules.Cursor(),
                r => r.Cursor,
                (r, cursor) => r.Cursor = cursor),
        ];
}
