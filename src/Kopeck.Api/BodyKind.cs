namespace Kopeck.Api;

/// <summary>Which body a call reads.</summary>
public enum BodyKind
{
    /// <summary>None; one that is sent is not read.</summary>
    None,

    /// <summary>A JSON object of the call's members.</summary>
    Json,

    /// <summary>Nothing or an empty JSON object.</summary>
    Empty,

    /// <summary>A JSON object whose members are data, such as currencies.</summary>
    Map,

    /// <summary>A quote feed in its own format.</summary>
    Feed,
}
