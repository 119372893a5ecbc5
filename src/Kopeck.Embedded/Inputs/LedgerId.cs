using System.Globalization;

namespace Kopeck.Embedded;

/// <summary>The id of a customer, an account or an operation: a number, or the text of one, such as from a form, which is read by the ledger's rules. The default is no id.</summary>
public readonly record struct LedgerId
{
    readonly string? text;

    LedgerId(string text) => this.text = text;

    /// <summary>The id as it was given.</summary>
    public override string ToString() => text ?? "";

    /// <summary>An id.</summary>
    public static LedgerId Of(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>An id's text.</summary>
    public static LedgerId Of(string text) => new(text);

    /// <summary>An id.</summary>
    public static implicit operator LedgerId(long number) => Of(number);

    /// <summary>An id's text.</summary>
    public static implicit operator LedgerId(string text) => Of(text);

    internal bool IsWellFormed => ToString() is { Length: > 0 and <= 30 } digits && digits.All(char.IsAsciiDigit) && (digits[0] != '0' || digits.Length == 1);

    // An id beyond 64 bits is well formed and nobody's, and so is 0.
    internal long Number => IsWellFormed && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
