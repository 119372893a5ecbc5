using System.Globalization;

namespace Kopeck.Statements.Laws.Tests.ReadBack;

/// <summary>Compares rows of texts, to the character; in a workbook numbers are numbers and times are days to the millisecond.</summary>
static class Comparison
{
    const decimal Tolerance = 0.001m;

    public static void AssertSame(IReadOnlyList<string[]> expected, IReadOnlyList<string[]> actual, string what, bool isWorkbook)
    {
        for (var place = 0; place < Math.Min(expected.Count, actual.Count); place++)
        {
            Assert.True(
                expected[place].Length == actual[place].Length
                    && expected[place].Zip(actual[place]).All(cells => IsSame(cells.First, cells.Second, isWorkbook)),
                $"{what}, row {place + 1}: expected\n{string.Join(" | ", expected[place])}\ngot\n{string.Join(" | ", actual[place])}");
        }

        if (expected.Count != actual.Count)
            Assert.Fail(
                $"{what}: expected {expected.Count} rows, got {actual.Count}: {string.Join(" | ", expected.Count < actual.Count ? actual[expected.Count] : expected[actual.Count])}");
    }

    static bool IsSame(string expected, string actual, bool isWorkbook)
    {
        if (expected == actual)
            return true;
        if (!isWorkbook)
            return false;
        if (
            decimal.TryParse(
                expected, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var wanted))
            return decimal.TryParse(actual, NumberStyles.Float, CultureInfo.InvariantCulture, out var found) && wanted == found;
        return DateTimeOffset.TryParse(expected, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && DateTimeOffset.TryParse(actual, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var shown)
            && Math.Abs((decimal)(at - shown).TotalSeconds) <= Tolerance;
    }
}
