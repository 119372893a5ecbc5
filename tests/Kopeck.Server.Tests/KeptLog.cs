using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Kopeck.Server.Tests;

/// <summary>Keeps what is logged at any level: category, number, text and values.</summary>
sealed class KeptLog : ILoggerProvider
{
    public ConcurrentQueue<(string Category, int Event, string Text, IReadOnlyDictionary<string, object?> Values)> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, this);

    public void Dispose()
    {
        // Nothing to let go of.
    }

    sealed class Logger(string category, KeptLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = (state as IReadOnlyList<KeyValuePair<string, object?>>)?.ToDictionary(pair => pair.Key, pair => pair.Value) ?? [];
            log.Lines.Enqueue((category, eventId.Id, $"{formatter(state, exception)} {exception}", values));
        }
    }
}
