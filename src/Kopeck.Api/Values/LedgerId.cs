using System.Buffers.Text;
using System.Globalization;

namespace Kopeck.Api.Values;

/// <summary>
/// The id of a customer, an account or an operation: a number, or the text of one, such as from a form, which is read by the ledger's
/// rules. The default is no id.
/// </summary>
public readonly record struct LedgerId
{
    const int MostDigits = 30;

    readonly string? text;
    readonly State state;

    LedgerId(long number, string? text, State state) => (Number, this.text, this.state) = (number, text, state);

    enum State : byte
    {
        None,
        Digits,
        LeadingZero,
        Other,
    }

    /// <summary>The number; 0, which no object has, for what is none or beyond 64 bits.</summary>
    public long Number { get; }

    /// <summary>Whether one was given.</summary>
    public bool IsGiven => state != State.None;

    /// <summary>Whether it is a number as the ledger writes it.</summary>
    internal bool IsWellFormed => state == State.Digits;

    /// <summary>The id as it was given.</summary>
    public override string ToString() => text ?? (IsGiven ? Number.ToString(CultureInfo.InvariantCulture) : "");

    /// <summary>An id.</summary>
    public static LedgerId Of(long number) => new(Math.Max(number, 0), null, number >= 0 ? State.Digits : State.Other);

    /// <summary>An id's text.</summary>
    public static LedgerId Of(string text)
    {
        var isNumber = text.Length is > 0 and <= MostDigits && text.All(char.IsAsciiDigit);
        var form = !isNumber ? State.Other : text[0] == '0' && text.Length > 1 ? State.LeadingZero : State.Digits;
        return new LedgerId(
            form == State.Digits && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0,
            text,
            form);
    }

    /// <summary>An id's text in UTF-8.</summary>
    public static LedgerId Of(ReadOnlySpan<byte> utf8) =>
        utf8.Length is > 0 and < 19 && utf8[0] is >= (byte)'1' and <= (byte)'9' && Utf8Parser.TryParse(
            utf8, out long number, out var read) && read == utf8.Length
            ? new LedgerId(number, null, State.Digits)
            : Of(System.Text.Encoding.UTF8.GetString(utf8));

    /// <summary>An id.</summary>
    public static implicit operator LedgerId(long number) => Of(number);

    /// <summary>An id, or none.</summary>
    public static implicit operator LedgerId(long? number) => number is { } given ? Of(given) : default;

    /// <summary>An id's text.</summary>
    public static implicit operator LedgerId(string? text) => text is null ? default : Of(text);
}
