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
