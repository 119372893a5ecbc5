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
sealed class SystemLog(string category, string path, TimeProvider time) : ILogger
{
    /// <summary>Where the system listens, unless it is told otherwise.</summary>
    public const string UsualPath = "/dev/log";

    /// <summary>The longest name of a socket, in bytes of UTF-8: sockaddr_un has 108, of which one ends it.</summary>
    public const int MaxPathBytes = 107;

    // "Security/authorization messages (private)", RFC 3164, table 1.
    const int Facility = 10;
    const int Severities = 8;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and not LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        var now = time.GetLocalNow();
        var priority = (Facility * Severities) + Severity(logLevel);
        // A day below ten has a space in the place of the zero.
        var moment = string.Create(CultureInfo.InvariantCulture, $"{now:MMM} {now.Day,2} {now:HH:mm:ss}");
        var text = formatter(state, exception).ReplaceLineEndings(" ");
        var line = $"<{priority}>{moment} kopeck[{Environment.ProcessId}]: {category}[{eventId.Id}] {text}";
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
        _ => 6,
    };
}
