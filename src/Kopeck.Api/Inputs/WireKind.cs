namespace Kopeck.Api.Inputs;

/// <summary>What kind of value a request has at a place, whatever the interface.</summary>
public enum WireKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A number, digit by digit.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>An explicit null.</summary>
    Null,

    /// <summary>A JSON object.</summary>
    Object,

    /// <summary>An array.</summary>
    Array,

    /// <summary>Seconds and nanoseconds since 1970.</summary>
    Timestamp,
}
