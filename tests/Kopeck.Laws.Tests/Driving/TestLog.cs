using Kopeck.Engine;
using Microsoft.Extensions.Logging;

namespace Kopeck.Laws.Tests.Driving;

/// <summary>Prints what the engine says is broken.</summary>
sealed class TestLog : ILogger<LedgerEngine>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Console.WriteLine($"{logLevel}: {formatter(state, exception)} {exception}");
}
