using System.Runtime.InteropServices;
using Kopeck.Cli.Settings;
using Kopeck.Server.Grpc;
using Kopeck.Server.Hosting;
using Kopeck.Sqlite;
using Microsoft.AspNetCore.Builder;

namespace Kopeck.Cli.Commands;

/// <summary><c>kopeck serve</c>: the HTTP and the gRPC server, until it is told to stop.</summary>
static class ServeCommand
{
    public static async Task<int> RunAsync(ProgramSettings settings)
    {
        InlineSockets.Enable();
        // A SQLite file is made where there is none; a PostgreSQL database has an owner who decides that.
        if (settings.Database.SqlitePath is not null)
            await DatabaseCommands.CreateQuietlyAsync(settings);
        await using var session = await Session.OpenAsync(settings, sharesQuotes: true);
        await FirstKeys.MakeAsync(session, settings, Console.Out.WriteLine);
        if (session.Store is SqliteStore sqlite)
            await sqlite.SettleErasuresAsync();
        using var limits = settings.RateLimit > 0 ? new RateLimits(settings.RateLimit) : null;
        var options = new ServerOptions
        {
            Http = settings.Http,
            BaseCurrency = settings.BaseCurrency,
            QuoteMaxAgeDays = settings.QuoteMaxAgeDays,
            Letterheads = settings.Letterheads,
            Limits = limits,
            AreMetricsPublic = settings.AreMetricsPublic,
        };
        await using var server = KopeckServer.Build(session.Engine, session.Keys, options, TimeProvider.System, logging => LogSetup.Configure(logging, settings.Log));
        await using var grpc = settings.Grpc is null ? null : GrpcServer.Build(session.Engine, session.Keys, options with { Grpc = settings.Grpc }, TimeProvider.System, logging => LogSetup.Configure(logging, settings.Log));
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, stop));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, stop));
        await ListenAsync(server, "KOPECK_HTTP", settings.Http);
        if (grpc is not null)
            await ListenAsync(grpc, "KOPECK_GRPC", settings.Grpc!);

        var address = server.Urls.FirstOrDefault() ?? settings.Http.ToString().TrimEnd('/');
        Console.Out.WriteLine($"Kopeck serves {settings.Database.Description} on {address}");
        Console.Out.WriteLine($"  documentation  {address}/docs");
        if (grpc is not null)
            Console.Out.WriteLine($"  gRPC           {grpc.Urls.FirstOrDefault() ?? settings.Grpc!.ToString().TrimEnd('/')}");
        var file = KeyFiles.Find(settings.KeysFolder, [KeyFiles.Administrator, DemoCommand.KeyFile(settings, KeyFiles.Administrator)], await session.Keys.ListAsync(FirstKeys.Main, CancellationToken.None));
        Console.Out.WriteLine($"  try            curl -s {address}/v1/accounts -H \"Authorization: Bearer {(file is null ? "KEY" : $"$(cat {file})")}\"");
        await stop.Task;
        Console.Out.WriteLine("Stopping: finishing what is in flight");
        await Task.WhenAll(server.StopAsync(CancellationToken.None), grpc?.StopAsync(CancellationToken.None) ?? Task.CompletedTask);
        return ExitCodes.Done;
    }

    static async Task ListenAsync(WebApplication server, string setting, Uri address)
    {
        try
        {
            await server.StartAsync(CancellationToken.None);
        }
        catch (IOException exception)
        {
            throw new UsageException($"{setting}: cannot listen on {address}: {exception.InnerException?.Message ?? exception.Message}");
        }
    }

    static void Stop(PosixSignalContext context, TaskCompletionSource stop)
    {
        context.Cancel = true;
        stop.TrySetResult();
    }
}
