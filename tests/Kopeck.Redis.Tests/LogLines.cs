using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Kopeck.Redis.Tests;

/// <summary>What was logged that an operator sees.</summary>
sealed class LogLines : ILogger<SharedQuotes>
{
    readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = new();

    public IReadOnlyList<string> Warnings => [.. lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Text)];

    public IReadOnlyList<string> All => [.. lines.Select(line => line.Text)];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            lines.Enqueue((logLevel, formatter(state, exception)));
    }
}
