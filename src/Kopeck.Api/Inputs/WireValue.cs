using System.Text;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Inputs;

/// <summary>
/// A value as an interface has it, before it is read: a JSON token, a field of a message, or a parameter's text. It lives as long as the
/// bytes it points into.
/// </summary>
public readonly ref struct WireValue
{
    WireValue(WireKind kind, ReadOnlySpan<byte> utf8)
    {
        Kind = kind;
        Utf8 = utf8;
    }

    /// <summary>What it is.</summary>
    public WireKind Kind { get; }

    /// <summary>A text without escapes, a number's own digits, the word of a flag, or a JSON object as it stands; valid UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8 { get; }

    /// <summary>Whether it is a text with half a surrogate pair, which has no UTF-8.</summary>
    public bool IsBroken { get; private init; }

    /// <summary>Of a timestamp.</summary>
    public long Seconds { get; private init; }

    /// <summary>Of a timestamp.</summary>
    public int Nanos { get; private init; }

    /// <summary>A flag's value.</summary>
    public bool IsTrue => Utf8.SequenceEqual("true"u8);

    /// <summary>A text with half a surrogate pair.</summary>
    public static WireValue Broken => new(WireKind.Text, default) { IsBroken = true };

    /// <summary>A text.</summary>
    public static WireValue OfText(ReadOnlySpan<byte> utf8) => new(WireKind.Text, utf8);

    /// <summary>A number's digits.</summary>
    public static WireValue OfNumber(ReadOnlySpan<byte> utf8) => new(WireKind.Number, utf8);

    /// <summary>True or false.</summary>
    public static WireValue OfFlag(bool isTrue) => new(WireKind.Flag, isTrue ? "true"u8 : "false"u8);

    /// <summary>A JSON object as it stands, each member once.</summary>
    public static WireValue OfObject(ReadOnlySpan<byte> utf8) => new(WireKind.Object, utf8);

    /// <summary>A value of which only the kind counts.</summary>
    public static WireValue Of(WireKind kind) => new(kind, default);

    /// <summary>A point in time.</summary>
    public static WireValue OfTimestamp(long seconds, int nanos) => new(WireKind.Timestamp, default) { Seconds = seconds, Nanos = nanos };

    /// <summary>The error of a value that is of another kind.</summary>
    public FieldError WrongType(string expected) => new("wrong_type", $"Expected {expected}, got {Name(Kind)}");

    /// <summary>The text, or the digits.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8);

    static string Name(WireKind kind) => kind switch
    {
        WireKind.Object => "an object",
        WireKind.Array => "an array",
        WireKind.Text => "a string",
        WireKind.Number => "a number",
        WireKind.Null => "null",
        WireKind.Timestamp => "a timestamp",
        _ => "true or false",
    };
}
