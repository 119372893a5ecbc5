using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using Kopeck.Server.Tests;
using Kopeck.V1;

namespace Kopeck.Grpc.Tests;

/// <summary>Holds and reversals over gRPC: each call, the stream, the list and the journal tell the same of them.</summary>
public sealed class HoldTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    static int keys;

    [Fact]
    public async Task A_hold_is_placed_increased_extended_captured_released_and_read()
    {
        using var channel = GrpcChannel.ForAddress(server.GrpcAddress);
        var (holds, operations, headers) = (
            new HoldService.HoldServiceClient(channel), new OperationService.OperationServiceClient(channel),
            RawClient.KeyHeader(server.Main.Key));
        var (wallet, shop) = (await WalletAsync(channel, headers, "100"), await WalletAsync(channel, headers));
        var placed = (
            await holds.PlaceHoldAsync(
                new()
                {
                    From = wallet,
                    Amount = Euro("40"),
                    MaxAmount = "45",
                    To = shop,
                    ExpiresInSeconds = 60,
                    Description = "room 12",
                    IdempotencyKey = Key()
                },
                headers)).Operation;
        Assert.Equal((OperationKind.Hold, "room 12", 0), (placed.Kind, placed.Description, placed.Entries.Count));
        Assert.Equal(
            (placed.Id, wallet, "40.00", "40.00"),
            (placed.Holds[0].Hold, placed.Holds[0].Account, placed.Holds[0].Change.Amount, placed.Holds[0].Held.Amount));
        Assert.Equal(
            (placed.Id, shop, HoldStatus.Open, "45.00"),
            (placed.Hold.Id, placed.Hold.To, placed.Hold.Status, placed.Hold.MaxAmount.Amount));
        Assert.Equal(60, (placed.Hold.ExpiresAt.ToDateTime() - placed.At.ToDateTime()).TotalSeconds);

        Assert.Equal(
            "50.00",
            (
                await holds.IncreaseHoldAsync(
                    new() { Id = placed.Id, Amount = "50", MaxAmount = "60", IdempotencyKey = Key() },
                    headers)).Operation.Hold.Authorised.Amount);
        Assert.Null(
            (
                await holds.ExtendHoldAsync(
                    new() { Id = placed.Id, NoExpiresAt = true, IdempotencyKey = Key() }, headers)).Operation.Hold.ExpiresAt);
        var first =
            (await holds.CaptureHoldAsync(new() { Id = placed.Id, Amount = Euro("10"), IdempotencyKey = Key() }, headers)).Operation;
        Assert.Equal((OperationKind.Capture, "40.00", 2), (first.Kind, first.Hold.Remaining.Amount, first.Entries.Count));
        await holds.ReleaseHoldAsync(new() { Id = placed.Id, Amount = "5", IdempotencyKey = Key() }, headers);
        var key = Key();
        var last = await holds.CaptureHoldAsync(new() { Id = placed.Id, Amount = Euro("20"), Final = true, IdempotencyKey = key }, headers);
        var again =
            await holds.CaptureHoldAsync(new() { Id = placed.Id, Amount = Euro("20.0"), Final = true, IdempotencyKey = key }, headers);
        Assert.Equal((true, last.Operation), (again.Replayed, again.Operation));

        var now = (await holds.GetHoldAsync(new() { Id = placed.Id }, headers)).Hold;
        Assert.Equal(
            (HoldStatus.Captured, "30.00", "20.00", "0.00"), (now.Status, now.Captured.Amount, now.Released.Amount, now.Remaining.Amount));
        Assert.Equal([first.Id, last.Operation.Id], now.Captures.Select(capture => capture.Operation));
        Assert.Equal(
            placed.Hold,
            (
                await holds.GetHoldAsync(
                    new() { Id = placed.Id, AtNumber = long.Parse(placed.Id, CultureInfo.InvariantCulture) }, headers)).Hold);
        Assert.Equal(placed, (await operations.GetOperationAsync(new() { Id = placed.Id }, headers)).Operation);
        var refused = await Assert.ThrowsAsync<RpcException>(
            async () => await holds.CaptureHoldAsync(new() { Id = placed.Id, IdempotencyKey = Key() }, headers));
        Assert.Equal(
            (StatusCode.FailedPrecondition, "hold_closed"),
            (refused.StatusCode, refused.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason));

        using var list = holds.ListHolds(new() { Account = wallet, Status = HoldStatus.Captured }, headers);
        Assert.True(await list.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal([placed.Id], list.ResponseStream.Current.Items.Select(hold => hold.Id));
    }

    [Fact]
    public async Task An_operation_is_reversed_in_parts_and_both_tell_of_it()
    {
        using var channel = GrpcChannel.ForAddress(server.GrpcAddress);
        var (operations, headers) = (new OperationService.OperationServiceClient(channel), RawClient.KeyHeader(server.Main.Key));
        var (wallet, shop) = (await WalletAsync(channel, headers, "100"), await WalletAsync(channel, headers));
        var paid = (
            await operations.TransferAsync(
                new() { From = wallet, To = shop, Amount = Euro("60"), IdempotencyKey = Key() }, headers)).Operation;
        Assert.Null(paid.Reversible);
        var part = (
            await operations.ReverseOperationAsync(
                new() { Id = paid.Id, Amount = Euro("15"), Reason = "broken", IdempotencyKey = Key() }, headers)).Operation;
        Assert.Equal(
            (paid.Id, "15.00", "45.00", ReversedState.Partly, Difference.House, "broken"),
            (
                part.Reverses.Id, part.Reverses.Amount.Amount, part.Reverses.Remaining.Amount, part.Reverses.Reversed,
                part.Reverses.Difference, part.Reverses.Reason));
        var now = (await operations.GetOperationAsync(new() { Id = paid.Id }, headers)).Operation;
        Assert.Equal((ReversedState.Partly, "45.00", part.Id), (now.Reversed, now.Reversible.Amount.Amount, now.ReversedBy[0].Id));
        var before = (
            await operations.GetOperationAsync(
                new() { Id = paid.Id, AtNumber = long.Parse(paid.Id, CultureInfo.InvariantCulture) }, headers)).Operation;
        Assert.Equal((ReversedState.None, 0), (before.Reversed, before.ReversedBy.Count));
        using var list = operations.ListOperations(new() { Reverses = paid.Id }, headers);
        Assert.True(await list.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal([part.Id], list.ResponseStream.Current.Items.Select(operation => operation.Id));
        using var partly = operations.ListOperations(new() { Account = shop, Reversed = ReversedState.Partly }, headers);
        Assert.True(await partly.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal([paid.Id], partly.ResponseStream.Current.Items.Select(operation => operation.Id));
    }

    [Fact]
    public async Task A_stream_does_everything_that_is_done_to_holds_and_the_journal_tells_it()
    {
        using var channel = GrpcChannel.ForAddress(server.GrpcAddress);
        var (holds, operations, headers) = (
            new HoldService.HoldServiceClient(channel), new OperationService.OperationServiceClient(channel),
            RawClient.KeyHeader(server.Main.Key));
        var wallet = await WalletAsync(channel, headers, "100");
        var hold = (await holds.PlaceHoldAsync(new() { From = wallet, Amount = Euro("10"), IdempotencyKey = Key() }, headers)).Operation.Id;
        var paid =
            (await operations.DepositAsync(new() { Wallet = wallet, Amount = Euro("7"), IdempotencyKey = Key() }, headers)).Operation;
        Item[] items =
        [
            new() { Hold = new() { From = wallet, Amount = Euro("1") }, Key = Key() },
            new() { Increase = new() { Hold = hold, By = "2" }, Key = Key() },
            new() { Extend = new() { Hold = hold, ExpiresInSeconds = 2_000_000 }, Key = Key() },
            new()
            {
                Capture = new() { Hold = hold, Legs = { new CaptureLeg { To = server.Main["second"], Amount = Euro("3") } } },
                Key = Key()
            },
            new() { Release = new() { Hold = hold }, Key = Key() },
            new() { Reverse = new() { Operation = paid.Id, Legs = { new ReversalLeg { Leg = 0, Amount = Euro("2") } } }, Key = Key() },
            new() { Release = new(), Key = Key() },
        ];
        using var call = operations.Submit(headers);
        await call.RequestStream.WriteAsync(new SubmitRequest { Operations = { items } }, TestContext.Current.CancellationToken);
        await call.RequestStream.CompleteAsync();
        var outcomes = new List<Outcome>();
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            outcomes.AddRange(call.ResponseStream.Current.Outcomes);
        OperationKind[] kinds =
        [
            OperationKind.Hold, OperationKind.HoldIncreased, OperationKind.HoldExtended, OperationKind.Capture, OperationKind.HoldReleased,
            OperationKind.Reversal
        ];
        Assert.Equal(kinds, outcomes.Take(6).Select(outcome => outcome.Operation?.Kind ?? default));
        Assert.Equal("hold", outcomes[6].Error.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations[0].Field);

        using var watch = operations.Watch(new() { After = long.Parse(paid.Id, CultureInfo.InvariantCulture) }, headers);
        var told = new List<Operation>();
        while (told.Count < 6 && await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            told.AddRange(watch.ResponseStream.Current.Operations);
        Assert.Equal(kinds, told.Select(operation => operation.Kind));
        Assert.All(told.Take(5), operation => Assert.NotEqual(HoldStatus.Unspecified, operation.Hold.Status));
        Assert.Equal((HoldStatus.Released, "9.00"), (told[4].Hold.Status, told[4].Hold.Released.Amount));
        Assert.Equal(paid.Id, told[5].Reverses.Id);
    }

    static Money Euro(string amount) => new() { Amount = amount, Currency = "EUR" };

    static string Key() => string.Create(CultureInfo.InvariantCulture, $"hold-{Interlocked.Increment(ref keys)}");

    async Task<string> WalletAsync(GrpcChannel channel, Metadata headers, string? balance = null)
    {
        var wallet = (
            await new AccountService.AccountServiceClient(channel)
                .OpenWalletAsync(new() { Id = server.Main["customer"], Currency = "EUR", IdempotencyKey = Key() }, headers)).Account.Id;
        if (balance is not null)
            await new OperationService.OperationServiceClient(channel)
                .DepositAsync(new() { Wallet = wallet, Amount = Euro(balance), IdempotencyKey = Key() }, headers);
        return wallet;
    }
}
