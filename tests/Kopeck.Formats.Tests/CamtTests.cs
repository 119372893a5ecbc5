using System.Globalization;
using System.Xml.Linq;
using Kopeck.Testing;

namespace Kopeck.Formats.Tests;

/// <summary>
/// camt.053 in both versions, judged by xmllint with the ISO's schemas where they are at hand: they may not be shipped with us.
/// </summary>
public sealed class CamtTests(DemoBook demo)
{
    const string Namespace = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";

    [Theory]
    [InlineData("camt053", "08")]
    [InlineData("camt053-02", "02")]
    public async Task A_statement_is_the_golden_one_and_well_formed_and_its_sums_agree(string format, string version)
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var story = await Story.TellAsync(book);
        var xml = await book.DrawTextAsync(format, story.OfAnna);
        Golden.Compare($"statement.{format}.xml", xml);
        MustPass(folder.Write("statement.xml", xml), null);
        Agree(xml, version, 2);
        var one = await book.DrawTextAsync(format, story.OfYen, "2026-03-02T20:00:00Z", "2026-03-04", "ru");
        Golden.Compare($"wallet.ru.{format}.xml", one);
        Agree(one, version, 1);
    }

    [Theory]
    [InlineData("camt053", "08", "KOPECK_TEST_CAMT053_XSD")]
    [InlineData("camt053-02", "02", "KOPECK_TEST_CAMT053_02_XSD")]
    public async Task Statements_are_valid_by_the_schema_of_ISO_20022_and_a_damaged_one_is_not(
        string format, string version, string variable)
    {
        var schema = Schema(version, variable);
        Assert.SkipWhen(schema is null, $"camt.053.001.{version}.xsd is not here: name it in {variable}");
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var story = await Story.TellAsync(book);
        var xml = await book.DrawTextAsync(format, story.OfAnna);
        MustPass(folder.Write("statement.xml", xml), schema);
        MustPass(folder.Write("empty.xml", await book.DrawTextAsync(format, story.OfAnna, "2026-03-05", "2026-03-06")), schema);
        MustPass(folder.Write("future.xml", await book.DrawTextAsync(format, story.OfYen, "9999-01-01")), schema);
        demo.Draw(format, folder.File("demo.xml"), "--wallet", "10");
        MustPass(folder.File("demo.xml"), schema);
        Agree(await File.ReadAllTextAsync(folder.File("demo.xml"), TestContext.Current.CancellationToken), version, 1);
        var damaged = folder.Write("damaged.xml", xml.Replace("<Cd>OPBD</Cd>", "<Cd>OPENING</Cd>", StringComparison.Ordinal));
        Assert.NotEqual(0, Programs.Xmllint("--noout", "--schema", schema!, damaged).ExitCode);
    }

    [Theory]
    [InlineData("camt053", "08", "KOPECK_TEST_CAMT053_XSD")]
    [InlineData("camt053-02", "02", "KOPECK_TEST_CAMT053_02_XSD")]
    public async Task A_house_with_all_that_a_letterhead_has_is_valid(string format, string version, string variable)
    {
        var schema = Schema(version, variable);
        Assert.SkipWhen(schema is null, $"camt.053.001.{version}.xsd is not here: name it in {variable}");
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var xml = await book.DrawTextAsync(
            format, await Readers.Months.TellAsync(book), Readers.Months.First, Readers.Months.Second, letterhead: Readers.Months.House);
        Assert.Contains("KOPCIE2D", xml, StringComparison.Ordinal);
        MustPass(folder.Write("house.xml", xml), schema);
    }

    /// <summary>Opening balance and entries give the closing balance, and the summary is what the entries amount to.</summary>
    static void Agree(string xml, string version, int statements)
    {
        XNamespace iso = Namespace + version;
        var all = XDocument.Parse(xml).Descendants(iso + "Stmt").ToList();
        Assert.Equal(statements, all.Count);
        foreach (var statement in all)
        {
            var balances = statement.Elements(iso + "Bal").Select(element => Signed(element, iso)).ToList();
            var entries = statement.Elements(iso + "Ntry").Select(element => Signed(element, iso)).ToList();
            Assert.Equal(balances[1], balances[0] + entries.Sum());
            var summary = statement.Element(iso + "TxsSummry")!;
            Assert.Equal(entries.Count, (int)summary.Element(iso + "TtlNtries")!.Element(iso + "NbOfNtries")!);
            Assert.Equal(entries.Where(entry => entry > 0).Sum(), Number(summary.Element(iso + "TtlCdtNtries")!.Element(iso + "Sum")!));
            Assert.Equal(-entries.Where(entry => entry < 0).Sum(), Number(summary.Element(iso + "TtlDbtNtries")!.Element(iso + "Sum")!));
        }
    }

    static decimal Signed(XElement element, XNamespace iso) =>
        Number(element.Element(iso + "Amt")!) * ((string)element.Element(iso + "CdtDbtInd")! == "DBIT" ? -1 : 1);

    static decimal Number(XElement element) => decimal.Parse(element.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    static void MustPass(string file, string? schema)
    {
        var said = schema is null ? Programs.Xmllint("--noout", file) : Programs.Xmllint("--noout", "--schema", schema, file);
        Assert.True(said.ExitCode == 0, said.Errors);
    }

    /// <summary>Where a schema is: in the variable, or in shared data beside the repository.</summary>
    static string? Schema(string version, string variable) =>
        new[] { Environment.GetEnvironmentVariable(variable) }
            .Concat(Parents().Select(folder => Path.Combine(folder, "shared", "data", "xsd", $"camt.053.001.{version}.xsd")))
            .FirstOrDefault(File.Exists);

    static IEnumerable<string> Parents()
    {
        for (var folder = new DirectoryInfo(Shell.Repository); folder is not null; folder = folder.Parent)
            yield return folder.FullName;
    }
}
