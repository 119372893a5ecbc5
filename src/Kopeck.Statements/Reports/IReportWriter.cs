using System.IO.Pipelines;
using Kopeck.Statements.Languages;

namespace Kopeck.Statements.Reports;

/// <summary>A format of book reports.</summary>
public interface IReportWriter
{
    /// <summary>Its name in <c>format=</c>, such as <c>csv</c>.</summary>
    string Format { get; }

    /// <summary>Its media type, with a character set where it has one.</summary>
    string MediaType { get; }

    /// <summary>The ending of its files, without a point.</summary>
    string Extension { get; }

    /// <summary>Writes a report while it is read, flushed at least once a page.</summary>
    Task WriteAsync(Report report, Language language, PipeWriter output, CancellationToken cancellationToken);
}

/// <summary>All formats of book reports.</summary>
public static class ReportFormats
{
    /// <summary>The first is what is given when nothing is asked for.</summary>
    public static IReadOnlyList<IReportWriter> All { get; } = [new JsonReports(), new CsvReports(), new XlsxReports()];

    /// <summary>Finds a format by its name.</summary>
    public static IReportWriter? Find(string name) => All.FirstOrDefault(writer => writer.Format == name);
}
