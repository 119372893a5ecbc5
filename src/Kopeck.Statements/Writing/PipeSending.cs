using System.IO.Pipelines;

namespace Kopeck.Statements.Writing;

/// <summary>Handing on what was written.</summary>
public static class PipeSending
{
    /// <summary>
    /// Sends what was written, and waits while the reader is slow. Throws <see cref="OperationCanceledException"/> when nobody reads any
    /// more, so that reading stops too.
    /// </summary>
    public static async ValueTask SendAsync(this PipeWriter output, CancellationToken cancellationToken)
    {
        var result = await output.FlushAsync(cancellationToken);
        if (result.IsCompleted || result.IsCanceled)
            throw new OperationCanceledException("Nobody reads the statement any more", cancellationToken);
    }
}
