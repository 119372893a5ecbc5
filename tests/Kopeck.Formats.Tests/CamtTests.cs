using System.Globalization;
using System.Xml.Linq;
using Kopeck.Testing;

namespace Kopeck.Formats.Tests;

/// <summary>camt.053.001.08, judged by xmllint with the ISO's schema where it is at hand: it may not be shipped with us.</summary>
public sealed class CamtTests(DemoBook demo) : IClassFixture<DemoBook>
{
    static readonly XNamespace Iso = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

    /// <summary>Where the schema is: KOPECK_TEST_CAMT053_XSD, or shared data beside the repository.</summary>
    static string? Schema => new[] { Environment.GetEnvironmentVariable("KOPECK_TEST_CAMT053_XSD") }
        .Concat(Parents().Select(folder => Path.Combine(folder, "shared", "data", "xsd", "camt.053.001.08.xsd")))
        .FirstOrDefault(File.Exists);

    [Fact]
    public async Task A_statement_is_the_golden_one_and_well_formed_and_its_sums_agree()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var story = await Story.TellAsync(book);
        var xml = await book.DrawTextAsync("camt053", story.OfAnna);
        Golden.Compare("statement.camt053.xml", xml);
        MustPass(folder.Write("statement.xml", xml), null);
        Agree(xml, 2);
        var one = await book.DrawTextAsync("camt053", story.OfYen, "2026-03-02T20:00:00Z", "2026-03-04", "ru");
        Golden.Compare("wallet.ru.camt053.xml", one);
        Agree(one, 1);
    }

    [Fact]
    public async Task Statements_are_valid_by_the_schema_of_ISO_20022_and_a_damaged_one_is_not()
    {
        Assert.SkipWhen(Schema is null, "camt.053.001.08.xsd is not here: name it in KOPECK_TEST_CAMT053_XSD");
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var story = await Story.TellAsync(book);
        var xml = await book.DrawTextAsync("camt053", story.OfAnna);
        MustPass(folder.Write("statement.xml", xml), Schema);
        MustPass(folder.Write("empty.xml", await book.DrawTextAsync("camt053", story.OfAnna, "2026-03-05", "2026-03-06")), Schema);
        MustPass(folder.Write("future.xml", await book.DrawTextAsync("camt053", story.OfYen, "9999-01-01")), Schema);
        demo.Draw("camt053", folder.File("demo.xml"), "--wallet", "10");
        MustPass(folder.File("demo.xml"), Schema);
        Agree(await File.ReadAllTextAsync(folder.File("demo.xml"), TestContext.Current.CancellationToken), 1);
        var damaged = folder.Write("damaged.xml", xml.Replace("<Cd>OPBD</Cd>", "<Cd>OPENING</Cd>", StringComparison.Ordinal));
        Assert.NotEqual(0, Programs.Xmllint("--noout", "--schema", Schema!, damaged).ExitCode);
    }

    /// <summary>Opening balance and entries give the closing balance, and the summary is what the entries amount to.</summary>
    static void Agree(string xml, int statements)
    {
        var all = XDocument.Parse(xml).Descendants(Iso + "Stmt").ToList();
        Assert.Equal(statements, all.Count);
        foreach (var statement in all)
        {
            var balances = statement.Elements(Iso + "Bal").Select(Signed).ToList();
            var entries = statement.Elements(Iso + "Ntry").Select(Signed).ToList();
            Assert.Equal(balances[1], balances[0] + entries.Sum());
            var summary = statement.Element(Iso + "TxsSummry")!;
            Assert.Equal(entries.Count, (int)summary.Element(Iso + "TtlNtries")!.Element(Iso + "NbOfNtries")!);
            Assert.Equal(entries.Where(entry => entry > 0).Sum(), Number(summary.Element(Iso + "TtlCdtNtries")!.Element(Iso + "Sum")!));
            Assert.Equal(-entries.Where(entry => entry < 0).Sum(), Number(summary.Element(Iso + "TtlDbtNtries")!.Element(Iso + "Sum")!));
        }
    }

    static decimal Signed(XElement element) =>
        Number(element.Element(Iso + "Amt")!) * ((string)element.Element(Iso + "CdtDbtInd")! == "DBIT" ? -1 : 1);

    static decimal Number(XElement element) => decimal.Parse(element.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    static void MustPass(string file, string? schema)
    {
        var said = schema is null ? Programs.Xmllint("--noout", file) : Programs.Xmllint("--noout", "--schema", schema, file);
        Assert.True(said.ExitCode == 0, said.Errors);
    }

    static IEnumerable<string> Parents()
    {
        for (var folder = new DirectoryInfo(Shell.Repository); folder is not null; folder = folder.Parent)
            yield return folder.FullName;
    }
}
