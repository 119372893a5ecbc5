using System.Globalization;
using System.Text;
using CsCheck;
using Kopeck.Ledger.Reference;

namespace Kopeck.Ledger.Tests.Reference;

public sealed class NormalFormTests
{
    static readonly List<(string Source, string Normal)> Cases =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "unicode-normalization.txt"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(';'))
            .Select(parts => (Text(parts[0]), Text(parts[1]))),
    ];

    static readonly Gen<Rune> Runes = Gen.OneOf(
        Gen.Int[0, 0x10FFFF], Gen.Int[0x41, 0x17F], Gen.Int[0x300, 0x36F], Gen.Int[0x900, 0xDFF], Gen.Int[0x1100, 0x11FF],
        Gen.Int[0x3040, 0x30FF], Gen.Int[0xAC00, 0xD7A3])
        .Where(value => Rune.IsValid(value) && UnicodeTable.IsAssigned(value)).Select(value => new Rune(value));

    static readonly Gen<string> Texts = Runes.Array[0, 12].Select(runes => string.Concat(runes));

    [Fact]
    public void Unicodes_own_cases_hold()
    {
        Assert.True(Cases.Count > 3_000);
        foreach (var (source, normal) in Cases)
        {
            Assert.Equal(normal, NormalForm.Compose(source));
            Assert.Equal(normal, NormalForm.Compose(normal));
        }
    }

    [Fact]
    public void Every_other_character_stays_as_it_is()
    {
        var changed =
            Cases.Where(one => one.Source.EnumerateRunes().Count() == 1).Select(one => one.Source).ToHashSet(StringComparer.Ordinal);
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (Rune.IsValid(value) && new Rune(value).ToString() is var text && !changed.Contains(text))
                Assert.True(NormalForm.Compose(text) == text, $"U+{value:X4}");
        }
    }

    [Fact]
    public void What_is_normal_stays_and_parts_may_be_normal_before() => Gen.Select(Texts, Texts).Sample((start, rest) =>
        NormalForm.Compose(NormalForm.Compose(start)) == NormalForm.Compose(start)
        && NormalForm.Compose(start + rest) == NormalForm.Compose(NormalForm.Compose(start) + NormalForm.Compose(rest)));

    // Where the machine's Unicode is old enough to be known to both, both give the same. Random, so that long runs of marks are met.
    [Fact]
    public void The_runtime_gives_the_same_for_characters_of_the_basic_plane() =>
        Runes.Where(rune => rune.IsBmp && IsOld(rune)).Array[0, 12].Select(runes => string.Concat(runes))
        .Sample(text => text.Normalize(NormalizationForm.FormC) == NormalForm.Compose(text), iter: 100_000);

    [Theory]
    [InlineData(0x41, true)]
    [InlineData(0x0378, false)]
    [InlineData(0x20C1, true)]
    [InlineData(0x20C2, false)]
    [InlineData(0x4DBF, true)]
    [InlineData(0xD800, false)]
    [InlineData(0xE000, true)]
    [InlineData(0xFFFE, false)]
    [InlineData(0x1F389, true)]
    [InlineData(0x1FFFF, false)]
    [InlineData(0xE0001, true)]
    [InlineData(0xF0000, true)]
    [InlineData(0x10FFFD, true)]
    [InlineData(0x10FFFF, false)]
    public void The_table_knows_what_Unicode_17_assigns(int codePoint, bool isAssigned) =>
        Assert.Equal(isAssigned, UnicodeTable.IsAssigned(codePoint));

    [Fact]
    public void What_the_runtime_knows_the_table_knows()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(value) is not (UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate))
                Assert.True(UnicodeTable.IsAssigned(value), $"U+{value:X4}");
        }
    }

    [Fact]
    public void This_machine_normalizes_as_the_probes_say() => Assert.Null(MachineTexts.FindProblem());

    [Fact]
    public void A_machine_without_tables_is_told_in_one_line()
    {
        var problem = MachineTexts.FindProblem(text => text);
        Assert.NotNull(problem);
        Assert.DoesNotContain('\n', problem);
        Assert.Contains("U+0065 U+0301 should become U+00E9", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_run_of_marks_is_not_dear()
    {
        var text = "a" + string.Concat(Enumerable.Repeat("\u0301\u0323", 100_000));
        Assert.Equal(text.Length - 1, NormalForm.Compose(text).Length);
    }

    // Characters that came after ICU 60 compose differently or not at all on older machines; those of the basic plane have been whole
    // since.
    static bool IsOld(Rune rune) =>
        rune.Value is not (>= 0xA7C0 and <= 0xA7FF) && CharUnicodeInfo.GetUnicodeCategory(rune.Value) != UnicodeCategory.OtherNotAssigned
        && rune.Value is not (0x0897 or 0x1ADD or 0x1ADE or 0x1ADF or (>= 0x1AE0 and <= 0x1AEF) or 0x1AEB);

    static string Text(string codes) =>
        string.Concat(
            codes.Split(' ').Select(code => new Rune(int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()));
}
