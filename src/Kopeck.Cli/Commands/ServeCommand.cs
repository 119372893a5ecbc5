using System.Runtime.InteropServices;
using Kopeck.Cli.Settings;
using Kopeck.Server.Hosting;
using Kopeck.Sqlite;

namespace Kopeck.Cli.Commands;

/// <summary><c>kopeck serve</c>: the HTTP server, until it is told to stop.</summary>
static class ServeCommand
{
    public static async Task<int> RunAsync(ProgramSettings settings)
    {
        // A SQLite file is made where there is none; a PostgreSQL database has an owner who decides that.
        if (settings.Database.SqlitePath is not null)
            await DatabaseCommands.CreateQuietlyAsync(settings);
        await using var session = await Session.OpenAsync(settings, sharesQuotes: true);
        await FirstKeys.MakeAsync(session, settings, Console.Out.WriteLine);
        if (session.Store is SqliteStore sqlite)
            await sqlite.SettleErasuresAsync();
        var options = new ServerOptions
        {
            Http = settings.Http,
            BaseCurrency = settings.BaseCurrency,
            QuoteMaxAgeDays = settings.QuoteMaxAgeDays,
            AreMetricsPublic = settings.AreMetricsPublic,
        };
        await using var server = KopeckServer.Build(session.Engine, session.Keys, options, TimeProvider.System, logging => LogSetup.Configure(logging, settings.Log));
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, stop));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, stop));
        try
        {
            await server.StartAsync(CancellationToken.None);
        }
        catch (IOException exception)
        {
            throw new UsageException($"KOPECK_HTTP: cannot listen on {settings.Http}: {exception.InnerException?.Message ?? exception.Message}");
        }

        var address = server.Urls.FirstOrDefault() ?? settings.Http.ToString().TrimEnd('/');
        Console.Out.WriteLine($"Kopeck serves {settings.Database.Description} on {address}");
        Console.Out.WriteLine($"  documentation  {address}/docs");
        var file = KeyFiles.Find(settings.KeysFolder, [KeyFiles.Administrator, DemoCommand.KeyFile(settings, KeyFiles.Administrator)], await session.Keys.ListAsync(FirstKeys.Main, CancellationToken.None));
        Console.Out.WriteLine($"  try            curl -s {address}/v1/accounts -H \"Authorization: Bearer {(file is null ? "KEY" : $"$(cat {file})")}\"");
        await stop.Task;
        Console.Out.WriteLine("Stopping: finishing what is in flight");
        await server.StopAsync(CancellationToken.None);
        return ExitCodes.Done;
    }

    static void Stop(PosixSignalContext context, TaskCompletionSource stop)
    {
        context.Cancel = true;
        stop.TrySetResult();
    }
}
