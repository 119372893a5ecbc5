using System.Globalization;
using System.Security.Cryptography;
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
    [InlineData("Đorđe", "đorđe")]
    [InlineData("Ægir Þór Œuvre", "aegir thor oeuvre")]
    [InlineData("Zürich", "zurich")]
    [InlineData("Zu\u0308rich", "zurich")]
    [InlineData("Ёлка Йод", "елка йод")]
    [InlineData("И\u0306од", "йод")]
    [InlineData("बी", "बी")]
    [InlineData("กิ", "กิ")]
    [InlineData("バス ﾊﾞｽ", "バス バス")]
    [InlineData("ぱ", "ぱ")]
    [InlineData("علی رضا", "علي رضا")]
    [InlineData("کریم", "كريم")]
    [InlineData("محـــمد", "محمد")]
    [InlineData("مُحَمَّد أحمد", "محمد احمد")]
    [InlineData("Jean\u2212Luc Anne\u2011Marie A\u2014B", "jean-luc anne-marie a-b")]
    [InlineData("O`Brien O´Brien O‘Brien OʼBrien", "o'brien o'brien o'brien o'brien")]
    [InlineData("Anna  \u00A0 Smith", "anna smith")]
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
        TextFold.Fold(text) == TextFold.Fold(NormalForm.Compose(text)));

    [Fact]
    public void Texts_that_differ_only_in_form_fold_alike() =>
        Gen.Int[0xA0, 0x1FFF].Where(value => CharUnicodeInfo.GetUnicodeCategory(value) != UnicodeCategory.OtherNotAssigned).Array[0, 8]
        .Select(codes => string.Concat(codes.Select(code => new Rune(code))))
        .Sample(text => TextFold.Fold(text) == TextFold.Fold(text.Normalize(NormalizationForm.FormD)));

    [Fact]
    public void A_folded_prefix_is_a_prefix_of_the_folded_text() =>
        Gen.Select(Texts, Texts.Where(rest => !ChangesWhatIsBefore(rest)))
            .Sample((start, rest) => TextFold.Fold(start + rest).StartsWith(TextFold.Fold(start), StringComparison.Ordinal));

    [Fact]
    public void Case_does_not_matter() => Gen.String[Gen.Char['a', 'ʯ'], 0, 20].Sample(text =>
        TextFold.Fold(text.ToUpperInvariant()) == TextFold.Fold(text));

    /// <summary>Who changes the table raises <see cref="TextFold.Version"/> and notes the new digest.</summary>
    [Fact]
    public void The_table_of_a_version_does_not_change()
    {
        using var table = typeof(TextFold).Assembly.GetManifestResourceStream("folding.tsv")!;
        Assert.Equal(
            (1, "fadf0494fcb14ce2f6fbac2348a7105f789995c2358f65d19f264623edf4615f"),
            (TextFold.Version, Convert.ToHexStringLower(SHA256.HashData(table))));
    }

    [Fact]
    public void Unpaired_surrogates_are_replaced_rather_than_thrown_on()
    {
        Assert.Equal("a\uFFFDe", TextFold.Fold("A\uD800é"));
        Assert.Equal("\uFFFD", TextFold.Fold("\uDC00"));
        Assert.Equal("e\uFFFD", TextFold.Fold("É\uD83D"));
    }

    // A mark makes another letter of the one before it: short i of i, ga of ka.
    static bool ChangesWhatIsBefore(string rest) => rest.Length > 0 && Rune.GetRuneAt(rest, 0) is var first
        && (
            Rune.GetUnicodeCategory(first) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                || first.Value is 0xFF9E or 0xFF9F);
}
