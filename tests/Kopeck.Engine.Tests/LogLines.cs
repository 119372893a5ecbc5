using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Tests;

/// <summary>What an engine says.</summary>
sealed class LogLines : ILogger<LedgerEngine>
{
    readonly ConcurrentQueue<(LogLevel Level, int Id, string Text, Exception? Exception)> lines = new();

    public IReadOnlyCollection<(LogLevel Level, int Id, string Text, Exception? Exception)> Lines => lines;

    /// <summary>Thrown instead of taking a line, while it is set.</summary>
    public Exception? Failure { get; set; }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (Failure is { } failure)
            throw failure;
        lines.Enqueue((logLevel, eventId.Id, formatter(state, exception), exception));
    }
}
