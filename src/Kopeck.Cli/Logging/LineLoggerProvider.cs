using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Kopeck.Cli.Logging;

/// <summary>
/// Log lines as the console's own logger writes them, by its formatters, but many at a time: a line a request must not cost what a request
/// does.
/// </summary>
[ProviderAlias("Console")]
sealed class LineLoggerProvider(ConsoleFormatter formatter, LineOutput output) : ILoggerProvider
{
    [ThreadStatic]
    static StringWriter? text;

    [ThreadStatic]
    static byte[]? bytes;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, formatter, output);

    /// <summary>What was logged is written before it goes on.</summary>
    public void Dispose() => output.Flush();

    sealed class Logger(string category, ConsoleFormatter console, LineOutput output) : ILogger
    {
        // Longer ones are encoded in memory of their own.
        const int OrdinaryLine = 4 << 10;
        const int MostBytesOfChar = 3;

        // What Kestrel tells of each refused request whose body ends in trailers that are none, as an error with its stack: such bodies are
        // anybody's to send, and would fill the log.
        const int BrokenTrailer = 67;
        readonly bool isKestrel = category == "Microsoft.AspNetCore.Server.Kestrel";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (isKestrel && eventId.Id == BrokenTrailer)
                return;
            var writer = text ??= new StringWriter(new StringBuilder(OrdinaryLine), CultureInfo.InvariantCulture);
            console.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter), null, writer);
            var line = writer.GetStringBuilder();
            if (line.Length > 0)
                Put(line, logLevel >= LogLevel.Error);
            line.Clear();
            if (line.Capacity > OrdinaryLine)
                line.Capacity = OrdinaryLine;
        }

        void Put(StringBuilder line, bool isUrgent)
        {
            var chunks = line.GetChunks().GetEnumerator();
            // One that is longer lies in several pieces, and a letter may lie in two of them.
            if (chunks.MoveNext() && chunks.Current is var letters && letters.Length == line.Length && letters.Length <= OrdinaryLine)
            {
                var encoded = bytes ??= new byte[OrdinaryLine * MostBytesOfChar];
                output.Put(encoded.AsSpan(0, Encoding.UTF8.GetBytes(letters.Span, encoded)), isUrgent);
            }
            else
            {
                output.Put(Encoding.UTF8.GetBytes(line.ToString()), isUrgent);
            }
        }
    }
}
