using System.Text;
using CsCheck;
using Kopeck.Ledger.Reference;

namespace Kopeck.Ledger.Tests.Reference;

public sealed class TextFoldTests
{
    static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Int[0, 0x10FFFF].Where(Rune.IsValid).Select(value => new Rune(value)),
        Gen.Int[0xA0, 0x52F].Select(value => new Rune(value)),
        Gen.Int[0x300, 0x36F].Select(value => new Rune(value)),
        Gen.Int[0x1E00, 0x1FFF].Select(value => new Rune(value)),
        Gen.Int[0xAC00, 0xD7A3].Select(value => new Rune(value))).Array[0, 12].Select(runes => string.Concat(runes));

    [Theory]
    [InlineData("", "")]
    [InlineData("Anna SMITH", "anna smith")]
    [InlineData("Łódź", "lodz")]
    [InlineData("Straße", "strasse")]
    [InlineData("STRASSE", "strasse")]
    [InlineData("ẞ", "ss")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("ısparta", "isparta")]
    [InlineData("ISPARTA", "isparta")]
    [InlineData("København", "kobenhavn")]
    [InlineData("Đorđe", "dorde")]
    [InlineData("Ægir Þór Œuvre", "aegir thor oeuvre")]
    [InlineData("Zürich", "zurich")]
    [InlineData("Zu\u0308rich", "zurich")]
    [InlineData("Ёлка Йод", "елка иод")]
    [InlineData("ΟΔΥΣΣΕΥΣ Οδυσσεύς", "οδυσσευσ οδυσσευσ")]
    [InlineData("ﬁn", "fin")]
    [InlineData("ＡＢＣ１", "abc1")]
    [InlineData("Ⅳ", "iv")]
    [InlineData("ſ", "s")]
    [InlineData("\u212A", "k")]
    [InlineData("O’Brien", "o'brien")]
    [InlineData("San\u00A0José", "san jose")]
    [InlineData("so\u00ADft", "soft")]
    [InlineData("%_", "%_")]
    public void Case_and_accents_fold_away(string text, string folded) => Assert.Equal(folded, TextFold.Fold(text));

    [Fact]
    public void Folding_what_is_folded_changes_nothing_for_every_character()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (!Rune.IsValid(value))
                continue;
            var once = TextFold.Fold(new Rune(value).ToString());
            Assert.True(once == TextFold.Fold(once), $"U+{value:X4}");
        }
    }

    [Fact]
    public void Folding_what_is_folded_changes_nothing() => Texts.Sample(text => TextFold.Fold(TextFold.Fold(text)) == TextFold.Fold(text));

    [Fact]
    public void Normal_forms_fold_alike() => Texts.Sample(text =>
        TextFold.Fold(text) == TextFold.Fold(text.Normalize(NormalizationForm.FormC)) && TextFold.Fold(text) == TextFold.Fold(text.Normalize(NormalizationForm.FormD)));

    [Fact]
    public void A_folded_prefix_is_a_prefix_of_the_folded_text() =>
        Gen.Select(Texts, Texts).Sample((start, rest) => TextFold.Fold(start + rest).StartsWith(TextFold.Fold(start), StringComparison.Ordinal));

    [Fact]
    public void Case_does_not_matter() => Gen.String[Gen.Char['a', 'ʯ'], 0, 20].Sample(text =>
        TextFold.Fold(text.ToUpperInvariant()) == TextFold.Fold(text));

    [Fact]
    public void Unpaired_surrogates_are_replaced_rather_than_thrown_on()
    {
        Assert.Equal("a\uFFFDe", TextFold.Fold("A\uD800é"));
        Assert.Equal("\uFFFD", TextFold.Fold("\uDC00"));
        Assert.Equal("e\uFFFD", TextFold.Fold("É\uD83D"));
    }
}
