namespace Kopeck.Api;

/// <summary>In which order a list comes.</summary>
public enum ListOrder
{
    /// <summary>The newest first, as if left out.</summary>
    NewestFirst,

    /// <summary>The oldest first.</summary>
    OldestFirst,
}
