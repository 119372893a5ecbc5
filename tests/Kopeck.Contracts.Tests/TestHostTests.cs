using Kopeck.Client;
using Kopeck.Ledger.Commands;
using Kopeck.TestHost;
using Kopeck.V1;

namespace Kopeck.Contracts.Tests;

/// <summary>What other people's tests start: a real server, and a real ledger, fresh each time.</summary>
public sealed class TestHostTests
{
    [Fact]
    public async Task A_server_in_two_lines_serves_both_interfaces()
    {
        await using var server = await TestServer.StartAsync();
        using var client = server.CreateClient();
        var ada = await client.RegisterCustomerAsync(
            new() { Name = "Ada", Country = "GB", City = "London", Currency = "EUR" }, TestContext.Current.CancellationToken);
        Assert.Equal("3", ada.Wallets[0].Id);
        using var http = server.CreateHttpClient();
        Assert.Contains(
            "\"posted\":\"0.00\"",
            await http.GetStringAsync(new Uri("/v1/wallets/3", UriKind.Relative), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Servers_share_nothing_and_keys_may_do_less()
    {
        await using var first = await TestServer.StartAsync(new TestServerOptions { BaseCurrency = "USD" });
        await using var second = await TestServer.StartAsync();
        using var reader = first.CreateClient(await first.CreateKeyAsync("reader", Scopes.Read, TestContext.Current.CancellationToken));
        var refused = await Assert.ThrowsAsync<KopeckException>(
            () => reader.DepositAsync("3", Money.Of(1, "USD"), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(KopeckErrors.Forbidden, refused.Code);
        using var stranger = second.CreateClient(first.AdminKey);
        refused = await Assert.ThrowsAsync<KopeckException>(
            () => stranger.GetWalletAsync("3", TestContext.Current.CancellationToken));
        Assert.Equal(KopeckErrors.Unauthorized, refused.Code);
    }

    [Fact]
    public async Task A_replay_is_told()
    {
        await using var server = await TestServer.StartAsync();
        using IKopeckClient client = server.CreateClient();
        var ada = await client.RegisterCustomerAsync(
            new() { Name = "Ada", Country = "GB", City = "London", Currency = "EUR" }, TestContext.Current.CancellationToken);
        async Task<Operation> PayAsync() => await client.DepositAsync(
            ada.Wallets[0].Id, Money.Of(10, "EUR"), key: "pay-1", cancellationToken: TestContext.Current.CancellationToken);
        var first = await PayAsync();
        var again = await PayAsync();
        Assert.Equal((false, true), (first.IsReplay, again.IsReplay));
        Assert.Equal(first.Id, again.Id);
    }

    [Fact]
    public async Task An_ambiguous_name_tells_who_is_called_so()
    {
        await using var server = await TestServer.StartAsync();
        using var client = server.CreateClient();
        foreach (var city in new[] { "London", "Bonn" })
            await client.RegisterCustomerAsync(
                new() { Name = "Twin", Country = "GB", City = city, Currency = "EUR" }, TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<KopeckException>(() => client.WriteReportAsync(
            new GetReportRequest { Name = "Twin" }, Stream.Null, TestContext.Current.CancellationToken));
        Assert.Equal(KopeckErrors.AmbiguousName, refused.Code);
        Assert.Equal(["London", "Bonn"], refused.Candidates.Select(candidate => candidate.City));
    }

    [Fact]
    public async Task A_ledger_in_one_line_is_fresh_each_time()
    {
        for (var time = 0; time < 2; time++)
        {
            await using var ledger = await TestLedger.OpenAsync(cancellationToken: TestContext.Current.CancellationToken);
            var ada = await ledger.DoAsync(
                new Api.Calls.RegisterCustomerRequest { Name = "Ada", Country = "GB", City = "London", Currency = "EUR" },
                TestContext.Current.CancellationToken);
            Assert.Equal(3, ada.Value.Wallet!.Id);
        }
    }
}
