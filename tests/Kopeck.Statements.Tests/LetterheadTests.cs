using System.Text;
using Kopeck.Ledger;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Tests;

/// <summary>What the house puts above its statements, over time.</summary>
public sealed class LetterheadTests
{
    [Fact]
    public void An_instant_has_the_letterhead_that_counted_then()
    {
        Assert.True(LetterheadFile.TryParse(Encoding.UTF8.GetBytes("""
            [
              // The newest first, or in any order.
              {"from": "2026-07-01T12:00:00Z", "name": "Копейка Банк", "lines": ["Невский 1", "БИК 044525225"]},
              {"name": "Kopeck Ltd."},
              {"from": "2026-01-01", "name": "Kopeck Bank", "lines": []},
            ]
            """), out var letterheads, out var problem), problem);
        foreach (var (instant, name)
            in new[]
            {
                ("1970-01-01", "Kopeck Ltd."),
                ("2025-12-31T23:59:59.999999Z", "Kopeck Ltd."),
                ("2026-01-01", "Kopeck Bank"),
                ("2026-07-01T11:59:59.999999Z", "Kopeck Bank"),
                ("2026-07-01T12:00:00Z", "Копейка Банк"),
                ("2999-01-01", "Копейка Банк")
            })
        {
            Assert.True(Instant.TryParse(instant, out var parsed));
            Assert.Equal(name, letterheads.At(parsed)!.Name);
        }

        Assert.Equal(["Невский 1", "БИК 044525225"], letterheads.At(Instant.Max)!.Lines);
    }

    [Fact]
    public void Before_the_first_letterhead_there_is_none()
    {
        Assert.True(LetterheadFile.TryParse("""[{"from": "2026-01-01", "name": "Kopeck"}]"""u8.ToArray(), out var letterheads, out _));
        Assert.True(Instant.TryParse("2025-12-31", out var before));
        Assert.Null(letterheads.At(before));
        Assert.Null(Letterheads.None.At(before));
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{}", "it is a list")]
    [InlineData("[1]", "[0] is not an object")]
    [InlineData("[{}]", "[0].name is missing")]
    [InlineData("""[{"name": ""}]""", "[0].name is a text")]
    [InlineData("""[{"name": "  "}]""", "[0].name is a text")]
    [InlineData("""[{"name": 5}]""", "[0].name is a text")]
    [InlineData("""[{"name": "a\nb"}]""", "[0].name is a text")]
    [InlineData("""[{"name": "a", "name": "b"}]""", "not JSON")]
    [InlineData("""[{"name": "a", "logo": "x"}]""", "[0]: there is no member logo")]
    [InlineData("""[{"name": "a", "from": "soon"}]""", "[0].from is a date")]
    [InlineData("""[{"name": "a", "from": 2026}]""", "[0].from is a date")]
    [InlineData("""[{"name": "a", "lines": "x"}]""", "[0].lines is a list")]
    [InlineData("""[{"name": "a", "lines": ["1", "2", "3", "4", "5", "6", "7"]}]""", "[0].lines is a list of at most 6")]
    [InlineData("""[{"name": "a", "lines": ["1", null]}]""", "[0].lines[1] is a text")]
    [InlineData("""[{"name": "a", "from": "2026-01-01"}, {"name": "b", "from": "2026-01-01T00:00:00Z"}]""", "[1].from: another")]
    [InlineData("""[{"name": "a"}, {"name": "b"}]""", "[1].from: another")]
    public void What_is_wrong_is_said_with_its_place(string file, string expected)
    {
        Assert.False(LetterheadFile.TryParse(Encoding.UTF8.GetBytes(file), out _, out var problem));
        Assert.StartsWith(expected, problem.Replace("it is not JSON", "not JSON", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
    }
}
