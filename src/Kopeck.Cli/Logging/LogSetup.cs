using Kopeck.Cli.Settings;
using Kopeck.Server.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Kopeck.Cli.Logging;

/// <summary>Log lines go to standard error, one line each: standard output is for answers.</summary>
static class LogSetup
{
    const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";

    // One for all of the process, so that its lines stay in their order.
    static readonly Lazy<LineOutput> Errors = new(OpenErrors);

    public static void Configure(ILoggingBuilder builder, ProgramSettings settings) => Configure(builder, settings.Log, settings.Guard);

    static void Configure(ILoggingBuilder builder, LogLevel level, GuardSettings guard)
    {
        builder.SetMinimumLevel(level);
        builder.AddFilter("Microsoft.AspNetCore", level > LogLevel.Warning ? level : LogLevel.Warning);
        // A flood of connections must not become one of lines.
        builder.AddFilter("Microsoft.AspNetCore.Server.Kestrel.Connections", level > LogLevel.Error ? level : LogLevel.Error);
        // What keeps a server from starting is said by the command, in one line.
        builder.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        // Each has a switch of its own, and is not meant by how much else is told.
        if (level != LogLevel.None)
        {
            builder.AddFilter(RequestLog.Category, LogLevel.Information);
            builder.AddFilter(SecurityLog.Category, LogLevel.Information);
        }

        if (guard.Format == LogFormat.Json)
        {
            builder.AddJsonConsole(console =>
            {
                console.TimestampFormat = TimeForm.TrimEnd();
                console.UseUtcTimestamp = true;
            });
        }
        else
        {
            builder.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = TimeForm;
                console.UseUtcTimestamp = true;
                console.ColorBehavior = LoggerColorBehavior.Disabled;
            });
        }

        // Its lines by another way to standard error.
        var name = guard.Format == LogFormat.Json ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple;
        foreach (var console in builder.Services.Where(service => service.ImplementationType == typeof(ConsoleLoggerProvider)).ToList())
            builder.Services.Remove(console);
        builder.Services.AddSingleton<ILoggerProvider>(services => new LineLoggerProvider(
            services.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == name), Errors.Value));
    }

    static LineOutput OpenErrors()
    {
        var output = new LineOutput(StandardError.Open(), TimeProvider.System);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => output.Flush();
        AppDomain.CurrentDomain.UnhandledException += (_, _) => output.Flush();
        return output;
    }
}
