using Grpc.Core;
using Kopeck.Server.Grpc;
using Kopeck.Server.Tests;
using Kopeck.Server.Tests.Tokens;
using Kopeck.Server.Tokens;
using Kopeck.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kopeck.Grpc.Tests;

/// <summary>Tokens of identity providers do over gRPC what they do over HTTP.</summary>
public sealed class TokenTests(ServerFixture server) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    readonly SigningKey rsa = SigningKey.Rsa("r1");
    TestIssuer issuer = null!;
    BearerTokens tokens = null!;
    WebApplication app = null!;
    RawClient client = null!;

    public async ValueTask InitializeAsync()
    {
        issuer = await TestIssuer.StartAsync(rsa);
        tokens = new BearerTokens(
            [issuer.Options(server.BookOf(server.Main.Key), server.BookOf(server.Other.Key))], server.Store, TimeProvider.System,
            NullLogger.Instance);
        app = GrpcServer.Build(server.Engine, server.Keys, server.Options with { Tokens = tokens }, TimeProvider.System, _ => { });
        await app.StartAsync(TestContext.Current.CancellationToken);
        client = new RawClient(new Uri(app.Urls.First()));
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        tokens.Dispose();
        await issuer.DisposeAsync();
        rsa.Dispose();
    }

    [Fact]
    public async Task A_token_does_what_its_claim_is_given_and_its_operations_have_a_digest_as_actor()
    {
        var token = issuer.Token(rsa, ["main-cashier", "main-reader"]);
        var wallet = server.Main.Fill("$wallet");
        var request = new DepositRequest { Wallet = wallet, Amount = new() { Amount = "1" }, IdempotencyKey = "rpc-token" };
        var deposit = await new OperationService.OperationServiceClient(client.Channel).DepositAsync(
            request, RawClient.KeyHeader(token), cancellationToken: TestContext.Current.CancellationToken);
        Assert.StartsWith("oidc.", deposit.Operation.Actor, StringComparison.Ordinal);
        Assert.Equal(("PermissionDenied", "forbidden"), await ListKeysAsync(token));
    }

    [Fact]
    public async Task What_is_wrong_with_a_token_is_refused_as_a_wrong_key_is()
    {
        using var foreign = SigningKey.Rsa("r1");
        Assert.Equal(("OK", ""), await ListKeysAsync(issuer.Token(rsa, ["main-admin"])));
        string[] wrongs =
        [
            issuer.Token(foreign, ["main-admin"]), issuer.Token(rsa, ["main-admin"], payload => payload["aud"] = "x"),
            issuer.Token(rsa, ["main-admin"], payload => payload["exp"] = 1), "eyJ.eyJ.x",
            issuer.Token(rsa, ["main-admin"], header: head => head["alg"] = "none"),
        ];
        foreach (var wrong in wrongs)
            Assert.Equal(("Unauthenticated", "unauthorized"), await ListKeysAsync(wrong));
        Assert.Equal(("PermissionDenied", "forbidden"), await ListKeysAsync(issuer.Token(rsa, [])));
    }

    [Fact]
    public async Task A_token_of_several_books_names_one_in_its_metadata()
    {
        var token = issuer.Token(rsa, ["main-admin", "other-reader"]);
        Assert.Equal(("PermissionDenied", "forbidden"), await ListKeysAsync(token));
        Assert.Equal(("OK", ""), await ListKeysAsync(token, "main"));
        Assert.Equal(("PermissionDenied", "forbidden"), await ListKeysAsync(token, "other"));
    }

    [Fact]
    public async Task Where_the_issuer_is_away_the_call_is_to_be_tried_again()
    {
        issuer.IsAway = true;
        Assert.Equal(("Unavailable", "issuer_unavailable"), await ListKeysAsync(issuer.Token(rsa, ["main-admin"])));
    }

    async Task<(string Status, string? Code)> ListKeysAsync(string token, string? book = null)
    {
        var headers = RawClient.KeyHeader(token);
        if (book is not null)
            headers.Add("kopeck-book", book);
        try
        {
            await new KeyService.KeyServiceClient(client.Channel).ListKeysAsync(
                new(), headers, cancellationToken: TestContext.Current.CancellationToken);
            return ("OK", "");
        }
        catch (RpcException failure)
        {
            return (failure.StatusCode.ToString(), Ended.Of(failure).Code);
        }
    }
}
