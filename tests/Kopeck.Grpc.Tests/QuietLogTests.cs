using System.Collections.Concurrent;
using Grpc.Core;
using Kopeck.Server.Grpc;
using Kopeck.Server.Grpc.Reading;
using Kopeck.Server.Hosting;
using Kopeck.Server.Tests;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kopeck.Grpc.Tests;

/// <summary>What callers send, however broken, is no bug: it is refused, and but for the security events not logged.</summary>
public sealed class QuietLogTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Broken_messages_and_paths_in_another_case_are_refused_and_log_nothing()
    {
        var log = new KeptLog();
        await using var another =
            GrpcServer.Build(server.Engine, server.Keys, server.Options, TimeProvider.System, logging => logging.AddProvider(log));
        await another.StartAsync(TestContext.Current.CancellationToken);
        using var client = new RawClient(new Uri(another.Urls.First()));
        foreach (var method in GrpcMethod.All.Values)
        {
            var ended = await client.SendAsync(method, [0x0a, 0xff, 0x01], server.Main.Key);
            Assert.Equal(
                method.Call.IsOperators ? (StatusCode.PermissionDenied, "forbidden") : (StatusCode.InvalidArgument, "malformed_request"),
                (ended.Status, ended.Code));
        }

        foreach (var (service, name)
            in new[]
            {
                ("KOPECK.V1.operationservice", "deposit"),
                ("kopeck.v1.OperationService", "deposit"),
                ("kopeck.v1.operationService", "Deposit")
            })
        {
            var reader = await server.MakeKeyAsync(server.BookOf(server.Main.Key), server.NextName("case"), Ledger.Commands.Scopes.Read);
            foreach (var key in new[] { reader, server.Main.Key })
            {
                var ended = await client.SendAsync(service, name, false, [], RawClient.KeyHeader(key));
                Assert.Equal((StatusCode.Unimplemented, "route_not_found"), (ended.Status, ended.Code));
            }
        }

        Assert.Empty(log.Lines);
    }

    /// <summary>Keeps what is logged as a warning or worse.</summary>
    sealed class KeptLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) =>
            categoryName == SecurityLog.Category ? NullLogger.Instance : this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Lines.Enqueue($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
            // Nothing to let go of.
        }
    }
}
