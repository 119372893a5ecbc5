namespace Kopeck.Engine.Reading;

/// <summary>How much of an operation that moved money was reversed.</summary>
public enum ReversedState
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Something, and something remains.</summary>
    Partly,

    /// <summary>All.</summary>
    Fully,
}
