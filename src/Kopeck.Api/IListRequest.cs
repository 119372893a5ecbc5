namespace Kopeck.Api;

/// <summary>What every list may be asked for.</summary>
public interface IListRequest
{
    /// <summary>How many items when none is said.</summary>
    const int DefaultLimit = 50;

    /// <summary>The most items of a page.</summary>
    const int MaxLimit = 1_000;

    /// <summary>How many items, 1 to 1,000; 50 if left out.</summary>
    long? Limit { get; set; }

    /// <summary>Newest first if left out.</summary>
    ListOrder? Order { get; set; }

    /// <summary>The cursor that the page before told as its next.</summary>
    string? Cursor { get; set; }
}
