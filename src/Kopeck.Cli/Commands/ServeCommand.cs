using System.Net.Sockets;
using System.Security.Cryptography;
using Kopeck.Cli.Logging;
using Kopeck.Cli.Settings;
using Kopeck.Server.Grpc;
using Kopeck.Server.Hosting;
using Kopeck.Server.Http;
using Kopeck.Server.Tokens;
using Kopeck.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting.Systemd;

namespace Kopeck.Cli.Commands;

/// <summary><c>kopeck serve</c>: the HTTP and the gRPC server, until it is told to stop.</summary>
static class ServeCommand
{
    public static async Task<int> RunAsync(ProgramSettings settings, bool isDemo)
    {
        InlineSockets.Enable();
        if (isDemo)
            settings = await DemoCommand.PrepareAsync(settings);
        // A SQLite file is made where there is none; a PostgreSQL database has an owner who decides that.
        if (settings.Database.SqlitePath is { } path)
        {
            // A new, empty ledger is not what somebody meant who misspelt where the old one is.
            if (!settings.IsDatabaseNamed && settings.UnknownVariables is [var strange, ..] && !File.Exists(path))
                throw new UsageException(
                    $"{strange} is set, but there is no such setting, and a new database {path} would be made: mend or unset it");
            await DatabaseCommands.CreateQuietlyAsync(settings);
        }

        await using var session = await Session.OpenAsync(settings, isServer: true);
        await FirstKeys.MakeAsync(session, settings, Console.Out.WriteLine);
        if (session.Store is SqliteStore sqlite)
            await sqlite.SettleErasuresAsync();
        using var telemetry = Telemetry.Start(Program.Variables());
        using var limits = new RateLimits(settings.RateLimit);
        using var metrics = new ServerMetrics();
        using var tokens = settings.Guard.Issuers.Count == 0
            ? null
            : new BearerTokens(settings.Guard.Issuers, session.Store, TimeProvider.System, session.CreateLogger<BearerTokens>());
        var options = new ServerOptions
        {
            Http = settings.Http,
            BaseCurrency = settings.BaseCurrency,
            Terms = settings.Terms,
            Letterheads = settings.Letterheads,
            Limits = limits,
            Metrics = metrics,
            Tokens = tokens,
            LogRequests = settings.Guard.LogRequests,
            Admin = settings.Guard.AdminHttp,
            Proxies = settings.Guard.Proxies,
            Certificates = settings.Guard.Tls is { } tls ? ReadCertificates(tls) : null,
            AreMetricsPublic = settings.AreMetricsPublic,
            HasConsole = settings.HasConsole,
        };
        await using var server = KopeckServer.Build(
            session.Engine, session.Keys, options, TimeProvider.System, logging => LogSetup.Configure(logging, settings));
        await using var grpc =
            settings.Grpc is null
                ? null
                : GrpcServer.Build(
                    session.Engine, session.Keys, options with { Grpc = settings.Grpc }, TimeProvider.System,
                    logging => LogSetup.Configure(logging, settings));
        await using var admin = options.Admin is null
            ? null
            : AdminServer.Build(session.Engine, options, logging => LogSetup.Configure(logging, settings));
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var signals = new ServerSignals(() => stop.TrySetResult());
        await ListenAsync(server, "KOPECK_HTTP", settings.Http);
        if (grpc is not null)
            await ListenAsync(grpc, "KOPECK_GRPC", settings.Grpc!);
        if (admin is not null)
            await ListenAsync(admin, "KOPECK_ADMIN_HTTP", options.Admin!);

        var address = server.Urls.FirstOrDefault() ?? settings.Http.ToString().TrimEnd('/');
        Console.Out.WriteLine($"Kopeck serves {settings.Database.Description} on {address}");
        Console.Out.WriteLine($"  documentation  {address}/docs");
        if (settings.HasConsole)
            Console.Out.WriteLine($"  console        {address}/console/");
        if (grpc is not null)
            Console.Out.WriteLine($"  gRPC           {grpc.Urls.FirstOrDefault() ?? settings.Grpc!.ToString().TrimEnd('/')}");
        if (admin is not null)
            Console.Out.WriteLine($"  metrics        {admin.Urls.FirstOrDefault() ?? options.Admin!.ToString().TrimEnd('/')}/metrics");
        var file = KeyFiles.Find(
            settings.KeysFolder, [KeyFiles.Administrator, DemoCommand.KeyFile(settings, KeyFiles.Administrator)],
            await session.Keys.ListAsync(FirstKeys.Main, CancellationToken.None));
        Console.Out.WriteLine(
            $"  try            curl -s {address}/v1/accounts -H \"Authorization: Bearer {(file is null ? "KEY" : $"$(cat {file})")}\"");
        // A demo has nothing to hide, and is there to be opened at once.
        if (isDemo && file is not null)
            Console.Out.WriteLine($"  the demo's key {(await File.ReadAllTextAsync(file, CancellationToken.None)).Trim()}");
        var systemd = new SystemdNotifier();
        systemd.Notify(ServiceState.Ready);
        await stop.Task;
        systemd.Notify(ServiceState.Stopping);
        Console.Out.WriteLine("Stopping: finishing what is in flight");
        await Task.WhenAll(server.StopAsync(CancellationToken.None), grpc?.StopAsync(CancellationToken.None) ?? Task.CompletedTask);
        if (admin is not null)
            await admin.StopAsync(CancellationToken.None);
        return ExitCodes.Done;
    }

    static Certificates ReadCertificates(TlsOptions tls)
    {
        try
        {
            return new Certificates(tls, TimeProvider.System);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException(
                $"KOPECK_TLS_CERTIFICATE {tls.CertificateFile}: the certificate or its key cannot be read: {exception.Message}");
        }
    }

    static async Task ListenAsync(WebApplication server, string setting, Uri address)
    {
        try
        {
            await server.StartAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw new UsageException($"{setting}: cannot listen on {address}: {exception.GetBaseException().Message}");
        }
    }
}
