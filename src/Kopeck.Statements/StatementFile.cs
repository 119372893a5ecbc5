using System.IO.Pipelines;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements;

/// <summary>A statement or a report in one format, pinned and named, and not written yet.</summary>
/// <param name="MediaType">With a character set where it has one.</param>
/// <param name="Name">An ASCII name that says which it is.</param>
/// <param name="FriendlyName">A name for people, in Unicode.</param>
/// <param name="WriteAsync">Writes it while it is read from the store; once.</param>
public sealed record StatementFile(string MediaType, string Name, string FriendlyName, Func<PipeWriter, CancellationToken, Task> WriteAsync)
{
    /// <summary>The number of the last operation that it reflects.</summary>
    public required long Number { get; init; }

    /// <summary>How many lines it has; null where nobody counted.</summary>
    public long? Lines { get; init; }

    /// <summary>Whether it can be shown on a terminal.</summary>
    public bool IsText =>
        !MediaType.StartsWith("application/pdf", StringComparison.Ordinal)
            && !MediaType.StartsWith("application/vnd.openxmlformats", StringComparison.Ordinal);

    /// <summary>The header Content-Disposition.</summary>
    public string Disposition => FileNames.Disposition(Name, FriendlyName);
}
