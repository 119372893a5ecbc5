using System.Net;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Reflection.V1Alpha;
using Kopeck.Ledger.Commands;
using Kopeck.Server.Grpc.Reading;
using Kopeck.Server.Tests;
using Kopeck.V1;
using Leg = Kopeck.V1.Leg;

namespace Kopeck.Grpc.Tests;

/// <summary>Who is let in, what is refused before a call is decided, and what every gRPC server has.</summary>
public sealed class AccessTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Without_a_valid_key_nothing_is_told_but_how_to_send_one()
    {
        using var client = new RawClient(server.GrpcAddress);
        foreach (var header
            in new[] { null, "", "Bearer", "Bearer x", "Basic a29wZWNr", server.Main.Key, "Bearer " + server.Main.Key + "A" })
        {
            var headers = header is null ? new Metadata() : new Metadata { { "authorization", header } };
            foreach (var method in Descriptors.Methods.Where(method => !method.IsClientStreaming))
            {
                var ended = await client.SendAsync(method.Service.FullName, method.Name, method.IsServerStreaming, [], headers);
                Assert.Equal((StatusCode.Unauthenticated, "unauthorized"), (ended.Status, ended.Code));
            }

            Assert.Equal("unauthorized", (await client.SendAsync("kopeck.v1.Nothing", "AtAll", false, [], headers)).Code);
            using var submit = new OperationService.OperationServiceClient(client.Channel).Submit(headers);
            var refused = await Assert.ThrowsAsync<RpcException>(() => submit.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        }
    }

    [Fact]
    public async Task A_key_does_what_its_scopes_say_and_nothing_else()
    {
        using var client = new RawClient(server.GrpcAddress);
        var operators = await client.SendAsync(GrpcMethod.All["/kopeck.v1.BookService/ListBooks"], [], server.OperatorKey);
        Assert.Equal("", operators.Code);
        foreach (var scope in new[] { Scopes.Read, Scopes.Transfer, Scopes.Cash, Scopes.Quotes, Scopes.Admin })
        {
            var key = await server.MakeKeyAsync(server.BookOf(server.Main.Key), server.NextName("rpc-" + scope), scope);
            foreach (var method in GrpcMethod.All.Values)
            {
                var ended = await client.SendAsync(method, [], key);
                var isAllowed =
                    !method.Call.IsOperators
                        && (scope & method.Call.Scope) == method.Call.Scope
                        && (method.Call.AnyScope == Scopes.None || (scope & method.Call.AnyScope) != Scopes.None);
                Assert.True(
                    isAllowed ? ended.Code != "forbidden" : (ended.Status, ended.Code) == (StatusCode.PermissionDenied, "forbidden"),
                    $"{scope} {method.Path}: {ended}");
            }
        }

        foreach (var method in GrpcMethod.All.Values.Where(method => !method.Call.IsOperators))
            Assert.Equal("forbidden", (await client.SendAsync(method, [], server.OperatorKey)).Code);
    }

    [Fact]
    public async Task A_key_of_one_book_reads_nothing_of_another()
    {
        var stranger = await server.OpenBookAsync(server.NextName("rpc-stranger"));
        using var client = new RawClient(server.GrpcAddress);
        var headers = RawClient.KeyHeader(stranger);
        var accounts = new AccountService.AccountServiceClient(client.Channel);
        Assert.Equal(
            StatusCode.NotFound,
            (
                await Assert.ThrowsAsync<RpcException>(
                    async () => await accounts.GetAccountAsync(new() { Id = server.Main["wallet"] }, headers))).StatusCode);
        using var watch = new OperationService.OperationServiceClient(client.Channel).Watch(new(), headers);
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Single(watch.ResponseStream.Current.Operations);
    }

    [Fact]
    public async Task What_is_too_large_is_refused_with_its_code_by_the_call_and_by_the_framework()
    {
        using var client = new RawClient(server.GrpcAddress);
        foreach (var (method, size)
            in new[]
            {
                ("/kopeck.v1.OperationService/Deposit", 1 << 20),
                ("/kopeck.v1.OperationService/Deposit", 20 << 20),
                ("/kopeck.v1.OperationService/SubmitBatch", 16 << 20),
                ("/kopeck.v1.QuoteService/ImportQuotes", 20 << 20)
            })
        {
            var message = new DepositRequest { Description = new string('x', size) };
            var ended =
                await client.SendAsync(GrpcMethod.All[method], Google.Protobuf.MessageExtensions.ToByteArray(message), server.Main.Key);
            Assert.Equal((StatusCode.ResourceExhausted, "too_large"), (ended.Status, ended.Code));
        }
    }

    [Fact]
    public async Task An_unknown_encoding_is_refused_and_gzip_is_read_and_written()
    {
        using var client = new RawClient(server.GrpcAddress);
        var headers = RawClient.KeyHeader(server.Main.Key);
        headers.Add("grpc-internal-encoding-request", "gzip");
        var reference = new ReferenceService.ReferenceServiceClient(client.Channel);
        Assert.NotEmpty((await reference.ListCurrenciesAsync(new(), headers)).Items);

        using var http = new HttpClient();
        foreach (var (encoding, expected) in new[] { ("gzip", "0"), ("zebra", "12") })
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Post,
                new Uri(server.GrpcAddress, "/kopeck.v1.ReferenceService/ListCurrencies"))
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact
            };
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + server.Main.Key);
            request.Headers.TryAddWithoutValidation("TE", "trailers");
            request.Headers.TryAddWithoutValidation("grpc-accept-encoding", "identity,gzip");
            request.Headers.TryAddWithoutValidation("grpc-encoding", encoding);
            request.Content = new ByteArrayContent(expected == "0" ? [0, 0, 0, 0, 0] : [1, 0, 0, 0, 1, 0]);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/grpc");
            using var response = await http.SendAsync(request);
            await response.Content.ReadAsByteArrayAsync();
            var status =
                response.TrailingHeaders.TryGetValues("grpc-status", out var trailer)
                    ? trailer.Single()
                    : response.Headers.GetValues("grpc-status").Single();
            Assert.Equal(expected, status);
            if (expected == "0")
                Assert.Equal("gzip", response.Headers.GetValues("grpc-encoding").Single());
        }
    }

    [Fact]
    public async Task Reflection_names_the_services_and_health_serves_each_without_a_key()
    {
        using var channel = GrpcChannel.ForAddress(server.GrpcAddress);
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var services = call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name).ToList();
        var health = new Health.HealthClient(channel);
        foreach (var service
            in Descriptors.Methods.Where(method => GrpcMethod.All.ContainsKey(GrpcMethod.PathOf(method)))
                .Select(method => method.Service.FullName).Distinct(StringComparer.Ordinal))
        {
            Assert.Contains(service, services);
            Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await health.CheckAsync(new() { Service = service })).Status);
        }

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await health.CheckAsync(new())).Status);
        Assert.Equal(
            StatusCode.NotFound,
            (await Assert.ThrowsAsync<RpcException>(async () => await health.CheckAsync(new() { Service = "nobody" }))).StatusCode);
    }

    [Fact]
    public async Task Violations_name_the_fields_and_texts_are_kept_short_enough_for_trailers()
    {
        using var client = new RawClient(server.GrpcAddress);
        var operations = new OperationService.OperationServiceClient(client.Channel);
        var deposit = await FailAsync(
            async () =>
                await operations.DepositAsync(
                    new() { Wallet = "x", Amount = new() { Amount = "1e2", Currency = "eur" }, IdempotencyKey = server.NextName("k") },
                    RawClient.KeyHeader(server.Main.Key)));
        Assert.Equal(["wallet", "amount.amount", "amount.currency"], Paths(deposit));
        var post = await FailAsync(
            async () =>
                await operations.PostAsync(
                    new() { Legs = { new Leg { From = "1", To = "2", Amount = "x" }, new Leg() }, IdempotencyKey = server.NextName("k") },
                    RawClient.KeyHeader(server.Main.Key)));
        Assert.Equal(["legs[0].amount", "legs[1].from", "legs[1].to", "legs[1].amount"], Paths(post));
        var many = await FailAsync(
            async () =>
                await operations.PostAsync(
                    new() { Legs = { Enumerable.Repeat(new Leg(), 1_000) }, IdempotencyKey = server.NextName("k") },
                    RawClient.KeyHeader(server.Main.Key)));
        Assert.Equal("2960", many.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["more_violations"]);
        var quotes = new QuoteService.QuoteServiceClient(client.Channel);
        var load = await FailAsync(
            async () =>
                await quotes.LoadQuotesAsync(
                    new() { Date = ServerFixture.Today, Quotes = { ["USD"] = new() { Base = "0" } } },
                    RawClient.KeyHeader(server.Main.Key)));
        Assert.Equal(["quotes[\"USD\"]"], Paths(load));
    }

    [Fact]
    public async Task Without_the_store_every_call_is_unavailable_and_says_when_to_come_back()
    {
        await using var outage = new ServerFixture();
        await outage.InitializeAsync();
        using var client = new RawClient(outage.GrpcAddress);
        var health = new Health.HealthClient(client.Channel);
        using var watched = health.Watch(new());
        Assert.True(await watched.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, watched.ResponseStream.Current.Status);
        File.Move(outage.DatabasePath, outage.DatabasePath + ".away");
        var accounts = new AccountService.AccountServiceClient(client.Channel);
        var failed = await FailAsync(
            async () => await accounts.GetAccountAsync(new() { Id = outage.Main["wallet"] }, RawClient.KeyHeader(outage.Main.Key)));
        Assert.Equal((StatusCode.Unavailable, "storage_unavailable"), (failed.StatusCode, Ended.Of(failed).Code));
        Assert.Equal(5, failed.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.Seconds);
        var operations = new OperationService.OperationServiceClient(client.Channel);
        var key = outage.NextName("k");
        var lost = await FailAsync(
            async () =>
                await operations.DepositAsync(
                    new() { Wallet = outage.Main["wallet"], Amount = new() { Amount = "1" }, IdempotencyKey = key },
                    RawClient.KeyHeader(outage.Main.Key)));
        Assert.Equal("storage_unavailable", Ended.Of(lost).Code);
        Assert.True(await watched.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, watched.ResponseStream.Current.Status);
    }

    static async Task<RpcException> FailAsync(Func<Task> call) => await Assert.ThrowsAsync<RpcException>(call);

    static IEnumerable<string> Paths(RpcException exception) =>
        exception.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(violation => violation.Field);
}
