using Google.Protobuf;
using Grpc.Core;
using Kopeck.Ledger.Commands;
using Kopeck.Server.Tests;
using Kopeck.V1;

namespace Kopeck.Grpc.Tests;

/// <summary>When several errors apply, the first in the documented order wins, as over HTTP.</summary>
public sealed class ErrorOrderTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    const string Service = "kopeck.v1.OperationService";

    [Fact]
    public async Task Each_error_hides_those_after_it()
    {
        var book = server.BookOf(server.Main.Key);
        var reader = RawClient.KeyHeader(await server.MakeKeyAsync(book, "rpc-order-reader", Scopes.Read));
        var main = RawClient.KeyHeader(server.Main.Key);
        // A length that goes beyond the end: no message begins like that.
        byte[] broken = [0x0a, 0xff, 0xff];
        var large = broken.Concat(new byte[17 << 20]).ToArray();
        var before = await server.HeadAsync(book);
        using var client = new RawClient(server.GrpcAddress);

        async Task RefuseAsync(StatusCode status, string code, string method, byte[] message, Metadata headers)
        {
            var ended = await client.SendAsync(Service, method, false, message, headers);
            Assert.Equal((status, code), (ended.Status, ended.Code));
        }

        await RefuseAsync(StatusCode.Unauthenticated, "unauthorized", "Nothing", large, []);
        await RefuseAsync(StatusCode.Unauthenticated, "unauthorized", "Deposit", large, []);
        await RefuseAsync(StatusCode.PermissionDenied, "forbidden", "Deposit", large, reader);
        await RefuseAsync(StatusCode.Unimplemented, "route_not_found", "Nothing", large, main);
        await RefuseAsync(StatusCode.ResourceExhausted, "too_large", "Deposit", large, main);
        await RefuseAsync(StatusCode.InvalidArgument, "malformed_request", "Deposit", broken, main);
        await RefuseAsync(StatusCode.InvalidArgument, "key_required", "Deposit", Deposit("nobody", "z", ""), main);
        await RefuseAsync(StatusCode.InvalidArgument, "invalid_key", "Deposit", Deposit("nobody", "z", "a b"), main);
        await RefuseAsync(StatusCode.InvalidArgument, "invalid_fields", "Deposit", Deposit("nobody", "z", "order"), main);
        await RefuseAsync(StatusCode.FailedPrecondition, "account_not_found", "Deposit", Deposit("999999", "1", "order"), main);
        Assert.Equal(before, await server.HeadAsync(book));
    }

    static byte[] Deposit(string wallet, string amount, string key) =>
        new DepositRequest
        {
            Wallet = wallet,
            Amount = new Money { Amount = amount, Currency = "EUR" },
            IdempotencyKey = key
        }.ToByteArray();
}
