using Grpc.Core;
using Grpc.Net.Client;
using Kopeck.Server.Tests;
using Kopeck.V1;

namespace Kopeck.Grpc.Tests;

/// <summary>Callers that do not read their outcomes: they are not read from, and hold up nobody who shares their connection.</summary>
public sealed class SlowReaderTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    const int Stalled = 8;

    /// <summary>
    /// So much is at most on its way for one of them: what waits and is worked on in the server, and what fits the windows and buffers of
    /// the connection.
    /// </summary>
    const int MostOnItsWay = 60_000;

    static readonly string Long = new('l', 500);

    [Fact]
    public async Task Many_streams_that_are_not_read_leave_the_connection_they_share_to_the_others()
    {
        var key = await server.OpenBookAsync(server.NextName("slow"));
        var headers = RawClient.KeyHeader(key);
        using var shared = GrpcChannel.ForAddress(server.GrpcAddress);
        using var elsewhere = GrpcChannel.ForAddress(server.GrpcAddress);
        var wallet = (
            await new CustomerService.CustomerServiceClient(shared)
                .RegisterCustomerAsync(new() { Name = "N", Country = "DE", City = "Bonn", Currency = "EUR" }, headers)).Wallets[0].Id;
        var operations = new OperationService.OperationServiceClient(shared);
        using var enough = new CancellationTokenSource();
        var slow = Enumerable.Range(0, Stalled)
            .Select(place => new SlowCaller(operations.Submit(headers), wallet, $"s{place}-", enough.Token)).ToList();
        try
        {
            await UntilNoneGetsOnAsync(slow, new OperationService.OperationServiceClient(elsewhere), headers, wallet);
            Assert.All(slow, caller => Assert.InRange(caller.Written, 1, MostOnItsWay));

            // Single calls, bulk and a feed on the very connection, while none of the slow is read.
            var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(60);
            for (var place = 0; place < 50; place++)
                Assert.NotNull(
                    (
                        await operations.DepositAsync(
                            new() { Wallet = wallet, Amount = new() { Amount = "1" }, IdempotencyKey = $"single-{place}" }, headers,
                            deadline)).Operation);
            Assert.Equal(3_000, await SubmitAsync(operations, headers, wallet, 3_000, deadline));
            using var watch = operations.Watch(new(), headers, deadline);
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));

            // Read again, each gets on and to its end.
            await enough.CancelAsync();
            foreach (var (written, answered) in await Task.WhenAll(slow.Select(caller => caller.ReadToEndAsync())))
                Assert.Equal(written, answered);
        }
        finally
        {
            foreach (var caller in slow)
                caller.Dispose();
        }
    }

    /// <summary>Waits until none gets on, again and again, while somebody on another connection does.</summary>
    static async Task UntilNoneGetsOnAsync(
        List<SlowCaller> slow, OperationService.OperationServiceClient others, Metadata headers, string wallet)
    {
        var before = -1;
        for (var (still, place) = (0, 0); still < 10; place += 20)
        {
            for (var turn = place; turn < place + 20; turn++)
                await others.DepositAsync(
                    new() { Wallet = wallet, Amount = new() { Amount = "1" }, IdempotencyKey = $"other-{turn}" }, headers);
            var written = slow.Sum(caller => caller.Written);
            still = written == before ? still + 1 : 0;
            before = written;
        }
    }

    static async Task<int> SubmitAsync(
        OperationService.OperationServiceClient operations, Metadata headers, string wallet, int count, DateTime deadline)
    {
        using var call = operations.Submit(headers, deadline);
        var writing = Task.Run(async () =>
        {
            foreach (var chunk in Enumerable.Range(0, count).Chunk(500))
                await call.RequestStream.WriteAsync(
                    new SubmitRequest { Operations = { chunk.Select(place => Deposit(wallet, $"bulk-{place}")) } });
            await call.RequestStream.CompleteAsync();
        });
        var answered = 0;
        await foreach (var response in call.ResponseStream.ReadAllAsync())
            answered += response.Outcomes.Count(outcome => outcome.Operation is not null);
        await writing;
        return answered;
    }

    static Item Deposit(string wallet, string key) =>
        new() { Deposit = new() { Wallet = wallet, Amount = new() { Amount = "0.01" }, Description = Long }, Key = key };

    /// <summary>Writes on and on, and reads nothing until it is told to.</summary>
    sealed class SlowCaller : IDisposable
    {
        readonly AsyncDuplexStreamingCall<SubmitRequest, SubmitResponse> call;
        readonly Task writing;
        int written;

        public SlowCaller(
            AsyncDuplexStreamingCall<SubmitRequest, SubmitResponse> call, string wallet, string keys, CancellationToken enough)
        {
            this.call = call;
            writing = Task.Run(
                async () =>
                {
                    while (!enough.IsCancellationRequested)
                    {
                        var start = written;
                        await call.RequestStream.WriteAsync(
                            new SubmitRequest
                            {
                                Operations = { Enumerable.Range(start, 100).Select(place => Deposit(wallet, keys + place)) }
                            },
                            CancellationToken.None);
                        Volatile.Write(ref written, start + 100);
                    }

                    await call.RequestStream.CompleteAsync();
                },
                CancellationToken.None);
        }

        public int Written => Volatile.Read(ref written);

        public async Task<(int Written, int Answered)> ReadToEndAsync()
        {
            var answered = 0;
            await foreach (var response in call.ResponseStream.ReadAllAsync())
                answered += response.Outcomes.Count(outcome => outcome.Operation is not null);
            await writing;
            return (written, answered);
        }

        public void Dispose() => call.Dispose();
    }
}
