using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Kopeck.Cli.Logging;

/// <summary>
/// Lines to the system's log, as sudo and login write theirs: what a command does is told to whoever guards the machine, and not into the
/// answer of whoever runs it. Where no system listens nothing is told, as by every program that writes there.
/// </summary>
/// <param name="path">The log's socket.</param>
/// <remarks>The form is that of RFC 3164, section 4.1, which syslog daemons and the journal of systemd read from a socket.</remarks>
sealed class SystemLog(string path, TimeProvider time) : ILoggerProvider
{
    /// <summary>Where the system listens, unless it is told otherwise.</summary>
    public const string UsualPath = "/dev/log";

    // "Security/authorization messages (private)", RFC 3164, table 1.
    const int Facility = 10;
    const int Severities = 8;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, path, time);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is kept here.
    }

    sealed class Logger(string category, string path, TimeProvider time) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var now = time.GetLocalNow();
            // A day below ten has a space in the place of the zero.
            var moment = string.Create(CultureInfo.InvariantCulture, $"{now:MMM} {now.Day,2} {now:HH:mm:ss}");
            var text = formatter(state, exception).ReplaceLineEndings(" ");
            var line = $"<{(Facility * Severities) + Severity(logLevel)}>{moment} kopeck[{Environment.ProcessId}]: {category}[{eventId.Id}] {text}";
            try
            {
                using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
                socket.Connect(new UnixDomainSocketEndPoint(path));
                socket.Send(Encoding.UTF8.GetBytes(line));
            }
            catch (SocketException)
            {
                // Nobody listens, or not fast enough.
            }
        }

        static int Severity(LogLevel level) => level switch
        {
            LogLevel.Critical => 2,
            LogLevel.Error => 3,
            LogLevel.Warning => 4,
            LogLevel.Information => 6,
            _ => 7,
        };
    }
}
