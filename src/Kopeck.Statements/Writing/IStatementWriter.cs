using System.IO.Pipelines;
using Kopeck.Ledger.Errors;
using Kopeck.Statements.Model;

namespace Kopeck.Statements.Writing;

/// <summary>A format of statements. A new format is a class of its own and a line in <see cref="StatementFormats"/>.</summary>
public interface IStatementWriter
{
    /// <summary>Its name in <c>format=</c>, such as <c>csv</c>.</summary>
    string Format { get; }

    /// <summary>Its media type, with a character set where it has one.</summary>
    string MediaType { get; }

    /// <summary>The ending of its files, without a point.</summary>
    string Extension { get; }

    /// <summary>The most lines that it holds; null is any number.</summary>
    int? MaxLines => null;

    /// <summary>Whether the format has a form for a statement: asked before it is written. Null where it has.</summary>
    ValueTask<Rejection?> CheckAsync(Statement statement, StatementStyle style, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Rejection?>(null);

    /// <summary>
    /// Writes a statement while it is read. The output is flushed at least once a page, so that memory stays flat; the same statement in
    /// the same style gives the same bytes.
    /// </summary>
    Task WriteAsync(Statement statement, StatementStyle style, PipeWriter output, CancellationToken cancellationToken);
}
