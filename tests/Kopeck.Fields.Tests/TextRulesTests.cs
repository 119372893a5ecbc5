using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Kopeck.Ledger.Fields;

namespace Kopeck.Fields.Tests;

/// <summary>Texts are taken and refused as an independent reading of the rules says. A failure prints its seed.</summary>
public sealed class TextRulesTests
{
    static readonly FieldType[] Types =
        [
            .. typeof(FieldTypes).GetProperties(BindingFlags.Public | BindingFlags.Static)
                .Select(property => (FieldType)property.GetValue(null)!)
                .Where(type => type is { Kind: FieldKind.Text, MaxLength: not null })];

    // Much of what is special, and enough of what is not.
    static readonly string[] Pieces =
    [
        "a", "z", "Z", "0", "9", "-", "_", ".", ",", "!", "~", "é", "e\u0301", "\u0301", "ß", "Ω", "\u2126", "漢", "가", "\u1100\u1161", "😀",
        "👩‍👧", " ", "\u00a0", "\u3000",
        "\t", "\n", "\0", "\u001f", "\u007f", "\u0085", "\u009f", "\u2028", "\u2029", "\u061c", "\u200e", "\u202e", "\u2066", "\u2069",
        "\u200b", "\ufdd0", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff", "\ud800", "\udc00",
    ];

    static readonly Gen<string> Texts = Gen.OneOf(Pieces).Array[0, 12].Select(pieces => string.Concat(pieces));

    static readonly Gen<string> PlainTexts = Gen.Char["abzAZ09-_.,! "].Array[0, 8].Select(letters => new string(letters));

    [Fact]
    public void A_text_is_taken_exactly_when_the_rules_take_it() =>
        Gen.Select(Gen.OneOf(Types), Gen.OneOf(Texts, PlainTexts))
            .Sample((type, text) => TextRules.TryNormalize(type, text, out _, out _) == IsValid(type, text), iter: 100_000);

    [Fact]
    public void What_is_taken_is_in_NFC_and_taken_again_unchanged() =>
        Texts.Sample(text => !TextRules.TryNormalize(FieldTypes.Description, text, out var normal, out _)
            || (
                normal == text.Normalize(NormalizationForm.FormC)
                    && TextRules.TryNormalize(FieldTypes.Description, normal, out var again, out _)
                    && again == normal));

    [Fact]
    public void Either_the_value_or_the_error_is_there_never_both() =>
        Gen.Select(Gen.OneOf(Types), Texts)
            .Sample(
                (type, text) =>
                    TextRules.TryNormalize(type, text, out var normal, out var error) ? normal is not null
                        && error is null : normal is null
                        && error is not null);

    [Theory]
    [InlineData(null, "required")]
    [InlineData("", "empty")]
    [InlineData(" a", "surrounding_space")]
    [InlineData("a\u3000", "surrounding_space")]
    [InlineData("a\nb", "control_character")]
    [InlineData("a\0b", "control_character")]
    [InlineData("a\u0085b", "control_character")]
    [InlineData("a\u2028b", "control_character")]
    [InlineData("a\u202eb", "bidirectional_control")]
    [InlineData("a\u061cb", "bidirectional_control")]
    [InlineData("a\u2069b", "bidirectional_control")]
    [InlineData("a\ufdd0b", "noncharacter")]
    [InlineData("a\U0010ffffb", "noncharacter")]
    [InlineData("a\u0378b", "unassigned_character")]
    [InlineData("a\u20c2", "unassigned_character")]
    [InlineData("\U000e0100\U000e01f0", "unassigned_character")]
    public void A_text_that_could_deceive_is_refused_with_a_code(string? text, string code) => Assert.Equal(code, ErrorOf(text)?.Code);

    [Fact]
    public void Half_a_character_is_refused()
    {
        // Not as inline data: the runner would write them down as replacement characters.
        Assert.All(["\ud83d", "a\ude00", "\ude00\ud83d", "\ud83da"], text => Assert.Equal("unpaired_surrogate", ErrorOf(text)?.Code));
    }

    [Fact]
    public void Lengths_are_code_points_in_NFC()
    {
        var max = CustomerName.MaxLength;
        Assert.Equal(new string('é', max), CustomerName.Parse(string.Concat(Enumerable.Repeat("e\u0301", max))).Value);
        Assert.True(CustomerName.TryParse(string.Concat(Enumerable.Repeat("😀", max)), out _, out _));
        Assert.False(CustomerName.TryParse(string.Concat(Enumerable.Repeat("😀", max + 1)), out _, out var error));
        Assert.Equal(new FieldError("too_long", $"At most {max} characters, got {max + 1}"), error);
        Assert.False(CurrencyCode.TryParse("EU", out _, out error));
        Assert.Equal(new FieldError("too_short", "At least 3 characters, got 2"), error);
    }

    [Fact]
    public void A_text_that_does_not_match_is_told_the_pattern_and_its_meaning()
    {
        Assert.False(CurrencyCode.TryParse("eur", out _, out var error));
        Assert.Equal("bad_format", error.Code);
        Assert.Contains(FieldTypes.CurrencyCode.Pattern!, error.Detail, StringComparison.Ordinal);
        Assert.Contains(FieldTypes.CurrencyCode.Description, error.Detail, StringComparison.Ordinal);
    }

    static FieldError? ErrorOf(string? text) => CustomerName.TryParse(text, out _, out var error) ? null : error;

    /// <summary>The rules again, written from their description with other means.</summary>
    static bool IsValid(FieldType type, string text)
    {
        if (Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) != text)
            return false;
        if (Regex.IsMatch(text, @"[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]") || text.EnumerateRunes().Any(rune => rune.Value % 0x10000 >= 0xfffe))
            return false;
        var normal = text.Normalize(NormalizationForm.FormC);
        var length = new System.Globalization.StringInfo(normal).String.EnumerateRunes().Count();
        return normal.Length > 0 && normal == normal.Trim() && length <= type.MaxLength && length >= type.MinLength
            && (type.Pattern is not { } pattern || Regex.IsMatch(normal, pattern.Replace("$", @"\z", StringComparison.Ordinal)));
    }
}
