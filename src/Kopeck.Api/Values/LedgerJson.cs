using System.Text.Json;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Values;

/// <summary>A JSON object of the caller's own, compact; what a text is wrong in is told by the call. The default is none.</summary>
public readonly record struct LedgerJson
{
    LedgerJson(string? compact, FieldError? error) => (IsGiven, Compact, Error) = (true, compact, error);

    /// <summary>Whether one was given.</summary>
    public bool IsGiven { get; }

    /// <summary>The object in its shortest form; null where there is none.</summary>
    public string? Compact { get; }

    /// <summary>Why it is no metadata.</summary>
    internal FieldError? Error { get; }

    /// <summary>
    /// The metadata; null for none, and for an empty object, which says nothing and is what an object without metadata shows.
    /// </summary>
    internal Metadata? OrNull => Compact is { } json and not "{}" ? Metadata.Parse(json) : null;

    /// <summary>A JSON object's text.</summary>
    public static LedgerJson Of(string text)
    {
        try
        {
            return new LedgerJson(MetadataReader.Read(text, FieldTypes.Metadata, out var error), error);
        }
        catch (JsonException exception)
        {
            return new LedgerJson(null, Inputs.Problems.Broken(exception.Message));
        }
    }

    /// <summary>A JSON object whose members were found to be there once each.</summary>
    internal static FieldError? Read(in Inputs.WireValue wire, out LedgerJson value)
    {
        value = default;
        if (wire.Kind != Inputs.WireKind.Object)
            return new FieldError("wrong_type", "Metadata is a JSON object, such as {\"order\": \"81\"}");
        value = Of(wire.ToString());
        return value.Error;
    }

    /// <summary>A JSON object's text.</summary>
    public static implicit operator LedgerJson(string? text) => text is null ? default : Of(text);
}
