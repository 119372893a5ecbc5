using Grpc.Core;
using Grpc.Net.Client;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Testing.Stores.Engines;
using Kopeck.V1;

namespace Kopeck.Statements.Tests;

/// <summary>
/// What breaks before the first byte is a problem; what breaks in the middle never looks like the end; who goes away stops the reading.
/// </summary>
public sealed class FailureTests
{
    const string Read = nameof(ILedgerReader.ReadEntriesAsync);

    // Pages of statements have 2,000 lines: the third read is the first that follows sent bytes.
    const int Lines = 9_000;

    [Theory]
    [InlineData("json")]
    [InlineData("ndjson")]
    [InlineData("csv")]
    [InlineData("xml")]
    [InlineData("xlsx")]
    public async Task What_breaks_before_the_first_byte_is_a_problem(string format)
    {
        await using var book = await TestBook.OpenAsync(
            StoreEngine.Sqlite,
            store => FaultyStore.Wrap(store, Read, (_, _) => throw new StorageUnavailableException("The database is away")));
        var (_, wallet) = await book.RegisterAsync("Ann", "DE", "Bonn", "EUR");
        await book.DepositAsync(wallet, "1");
        var reply = (await book.GetAsync($"/v1/wallets/{wallet}/statement?format={format}")).MustBe(503, "storage_unavailable");
        Assert.NotNull(reply.Headers.RetryAfter);
        Assert.Empty(reply.Headers.Vary);

        using var channel = GrpcChannel.ForAddress(book.Grpc);
        using var call = new StatementService.StatementServiceClient(channel)
            .GetWalletStatement(new GetWalletStatementRequest { Id = wallet, Format = format }, KeyHeader(book));
        var refused = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        Assert.Equal("storage_unavailable", refused.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason);
    }

    [Fact]
    public async Task A_bug_before_the_first_byte_is_a_problem_that_tells_nothing_of_the_inside()
    {
        await using var book = await TestBook.OpenAsync(
            StoreEngine.Sqlite, store => FaultyStore.Wrap(store, Read, (_, _) => throw new InvalidOperationException("secret")));
        var (_, wallet) = await book.RegisterAsync("Ann", "DE", "Bonn", "EUR");
        await book.DepositAsync(wallet, "1");
        Assert.DoesNotContain(
            "secret", (await book.GetAsync($"/v1/wallets/{wallet}/statement?format=csv")).MustBe(500, "internal").Text,
            StringComparison.Ordinal);
        Assert.Contains("secret", Assert.Single(book.Log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("ndjson")]
    [InlineData("csv")]
    [InlineData("xml")]
    [InlineData("xlsx")]
    public async Task What_breaks_in_the_middle_cuts_the_connection(string format)
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite, store => FaultyStore.Wrap(store, Read, BreakFourth));
        var wallet = await FillAsync(book);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(book.Http, $"/v1/wallets/{wallet}/statement?format={format}"));
        request.Headers.Authorization = new("Bearer", book.Key);
        using var response =
            await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)response.StatusCode);
        await Assert.ThrowsAnyAsync<HttpRequestException>(
            () => response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Contains("The database is away", Assert.Single(book.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_breaks_in_the_middle_of_a_stream_ends_it_with_its_error()
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite, store => FaultyStore.Wrap(store, Read, BreakFourth));
        var wallet = await FillAsync(book);
        using var channel = GrpcChannel.ForAddress(book.Grpc);
        using var call = new StatementService.StatementServiceClient(channel)
            .GetWalletStatement(new GetWalletStatementRequest { Id = wallet, Format = "csv" }, KeyHeader(book));
        long bytes = 0;
        var broken = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
                bytes += call.ResponseStream.Current.Chunk.Data.Length;
        });
        Assert.Equal(StatusCode.Unavailable, broken.StatusCode);
        Assert.True(bytes > 0);
    }

    [Fact]
    public async Task A_reader_over_HTTP_who_goes_away_stops_the_reading()
    {
        var gate = new ReadGate();
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite, store => FaultyStore.Wrap(store, Read, gate.Before));
        var wallet = await FillAsync(book);
        using (var client = new HttpClient())
        using (var request = new HttpRequestMessage(HttpMethod.Get, new Uri(book.Http, $"/v1/wallets/{wallet}/statement?format=ndjson")))
        {
            request.Headers.Authorization = new("Bearer", book.Key);
            using var response =
                await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            var reading = DrainAsync(async () => await stream.ReadAsync(new byte[1_000], TestContext.Current.CancellationToken) > 0);
            await gate.Reached.WaitAsync(ReadGate.Patience, TestContext.Current.CancellationToken);
            response.Dispose();
            await Assert.ThrowsAnyAsync<Exception>(() => reading);
        }

        await AssertStopsAsync(gate, book);
    }

    [Fact]
    public async Task A_reader_over_gRPC_who_goes_away_stops_the_reading()
    {
        var gate = new ReadGate();
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite, store => FaultyStore.Wrap(store, Read, gate.Before));
        var wallet = await FillAsync(book);
        using (var channel = GrpcChannel.ForAddress(book.Grpc))
        using (
            var call = new StatementService.StatementServiceClient(channel)
                .GetWalletStatement(new GetWalletStatementRequest { Id = wallet, Format = "ndjson" }, KeyHeader(book)))
        {
            var reading = DrainAsync(() => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
            await gate.Reached.WaitAsync(ReadGate.Patience, TestContext.Current.CancellationToken);
            call.Dispose();
            await Assert.ThrowsAnyAsync<Exception>(() => reading);
        }

        await AssertStopsAsync(gate, book);
    }

    static async Task AssertStopsAsync(ReadGate gate, TestBook book)
    {
        // The read that stood at the gate was cancelled, and none came after it.
        await book.StopAsync();
        Assert.Equal(ReadGate.Held, gate.Calls);
        Assert.True(gate.WasCancelled);
        Assert.Empty(book.Log.Lines);
    }

    static void BreakFourth(int call, CancellationToken cancelled)
    {
        if (call >= 4)
            throw new StorageUnavailableException("The database is away");
    }

    static async Task DrainAsync(Func<Task<bool>> read)
    {
        while (await read())
            continue;
    }

    static async Task<string> FillAsync(TestBook book)
    {
        var (_, wallet) = await book.RegisterAsync("Ann", "DE", "Bonn", "EUR");
        var deposit = $$"""{"kind": "deposit", "wallet": "{{wallet}}", "amount": "1"}""";
        await book.PostAsync("/v1/batches", $$"""{"operations": [{{string.Join(',', Enumerable.Repeat(deposit, Lines))}}]}""");
        return wallet;
    }

    static Metadata KeyHeader(TestBook book) => new() { { "authorization", "Bearer " + book.Key } };

    /// <summary>Lets the first reads pass, and holds the next until it is cancelled.</summary>
    sealed class ReadGate
    {
        public const int Held = 3;

        public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

        readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int calls;

        /// <summary>Done when a read stands at the gate.</summary>
        public Task Reached => reached.Task;

        public int Calls => Volatile.Read(ref calls);

        public bool WasCancelled { get; private set; }

        public void Before(int call, CancellationToken cancelled)
        {
            Volatile.Write(ref calls, call);
            if (call != Held)
                return;
            reached.SetResult();
            WasCancelled = cancelled.WaitHandle.WaitOne(Patience);
        }
    }
}
