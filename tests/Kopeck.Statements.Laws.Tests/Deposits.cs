using Kopeck.Testing;

namespace Kopeck.Statements.Laws.Tests;

/// <summary>Makes a wallet's history long.</summary>
static class Deposits
{
    public const int BatchLength = 1_000;

    public static async Task FillAsync(Server server, string wallet, int batches) =>
        await Parallel.ForAsync(0, batches, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (batch, _) =>
    {
        var items = string.Join(',', Enumerable.Range(0, BatchLength).Select(item => $$"""{"kind":"deposit","key":"{{batch}}-{{item}}","wallet":"{{wallet}}","amount":"1.01","description":"salary number {{item}}"}"""));
        var reply = await server.PostAsync("/v1/batches", $$"""{"atomic":true,"operations":[{{items}}]}""", $"fill-{batch}");
        Assert.True(reply.Status == 200, reply.Body);
    });

    /// <summary>Postings whose legs are all of the one wallet.</summary>
    public static async Task PostAsync(Server server, string wallet, int postings)
    {
        var other = await server.OpenWalletAsync("EUR", "0");
        var deposit = await server.PostAsync("/v1/deposits", $$"""{"wallet":"{{other}}","amount":"{{postings * BatchLength}}"}""", "for-postings");
        Assert.True(deposit.Status == 201, deposit.Body);
        var legs = string.Join(',', Enumerable.Repeat($$"""{"from":"{{other}}","to":"{{wallet}}","amount":"1"}""", BatchLength));
        for (var posting = 0; posting < postings; posting++)
        {
            var reply = await server.PostAsync("/v1/postings", $$"""{"legs":[{{legs}}],"description":"salaries"}""", $"posting-{posting}");
            Assert.True(reply.Status == 201, reply.Body);
        }
    }
}
