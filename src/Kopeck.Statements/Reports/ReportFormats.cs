namespace Kopeck.Statements.Reports;

/// <summary>All formats of book reports.</summary>
public static class ReportFormats
{
    /// <summary>The first is what is given when nothing is asked for.</summary>
    public static IReadOnlyList<IReportWriter> All { get; } = [new JsonReports(), new CsvReports(), new XlsxReports(), new PdfReports()];

    /// <summary>Finds a format by its name.</summary>
    public static IReportWriter? Find(string name) => All.FirstOrDefault(writer => writer.Format == name);
}
