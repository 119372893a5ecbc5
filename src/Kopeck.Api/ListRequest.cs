using Kopeck.Api.Answers;

namespace Kopeck.Api;

/// <summary>Asks for a page of a list.</summary>
public abstract record ListRequest<TItem> : CallRequest<ListAnswer<TItem>>, IListRequest
    where TItem : Answer
{
    /// <inheritdoc/>
    public long? Limit { get; set; }

    /// <inheritdoc/>
    public ListOrder? Order { get; set; }

    /// <inheritdoc/>
    public string? Cursor { get; set; }
}
