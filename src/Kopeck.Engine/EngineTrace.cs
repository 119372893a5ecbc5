using System.Diagnostics;
using Kopeck.Engine.Execution;
using Kopeck.Ledger.Fields;

namespace Kopeck.Engine;

/// <summary>The engine's part of traces: a span for each commit, with links to the requests that it is of.</summary>
public static class EngineTrace
{
    /// <summary>The name of their source.</summary>
    public const string SourceName = "Kopeck.Engine";

    // What is more is told by the commit's number of commands.
    const int MostLinks = 128;

    static readonly ActivitySource Source = new(SourceName);

    /// <summary>The trace of whoever asks now, where anybody looks at it.</summary>
    internal static ActivityContext Current => Source.HasListeners() && Activity.Current is { } activity ? activity.Context : default;

    /// <summary>A commit begins; null where nobody looks.</summary>
    internal static Activity? StartCommit(BookName book, List<Submission> batch, int operations)
    {
        if (!Source.HasListeners())
            return null;
        var links = batch.Select(submission => submission.Trace).Where(trace => trace != default).Distinct().Take(MostLinks)
            .Select(trace => new ActivityLink(trace));
        var activity = Source.StartActivity("kopeck.commit", ActivityKind.Internal, default(ActivityContext), links: links);
        return activity?.SetTag("kopeck.book", book.Value).SetTag("kopeck.commands", batch.Sum(submission => submission.Commands))
            .SetTag("kopeck.operations", operations);
    }
}
