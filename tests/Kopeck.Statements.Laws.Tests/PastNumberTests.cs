using System.Globalization;
using System.Text.Json.Nodes;
using Kopeck.Statements.Writing;
using Kopeck.Testing;

namespace Kopeck.Statements.Laws.Tests;

/// <summary>While operations pour in, a statement of a past number never changes, whichever of two servers draws it.</summary>
public sealed class PastNumberTests
{
    const int Rounds = 3;
    const int Operations = 60;

    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task A_statement_of_a_past_number_stays_the_same_to_the_byte_while_operations_pour_in(StorageEngine engine)
    {
        using var place = await ILedgerPlace.NewAsync(engine);
        using var folder = new Folder();
        var letterhead = Path.Combine(folder.Path, "letterhead.json");
        // Quicken's files need the number of a bank.
        await File.WriteAllTextAsync(letterhead, """[{"name": "Kopeck", "lines": ["1 Main Street"], "quickenId": "3000"}]""", TestContext.Current.CancellationToken);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["KOPECK_LETTERHEAD"] = letterhead };
        await using var one = await Server.StartAsync(place, variables: variables);
        await using var two = await Server.StartAsync(place, variables: variables);
        var load = await MixedLoad.PrepareAsync(one);
        using var stop = new CancellationTokenSource();
        var pouring = Task.WhenAll(load.RunAsync(one, "one", 3, stop.Token), load.RunAsync(two, "two", 3, stop.Token));
        await load.GrowAsync(Operations);
        var wallet = (await one.GetAsync("/v1/accounts?kind=wallet&currency=EUR&order=asc&limit=1")).Json["items"]![0]!;
        var pin = await HeadAsync(one);
        var paths =
            StatementFormats.All.SelectMany(writer => new[] { $"/v1/wallets/{Text(wallet["id"])}/statement", $"/v1/customers/{Text(wallet["customer"])}/statement" }
            .Select(path => string.Create(CultureInfo.InvariantCulture, $"{path}?at={pin}&format={writer.Format}"))).ToList();
        var first = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var path in paths)
            first.Add(path, await FetchAsync(one, path));
        for (var round = 0; round < Rounds * TestSeed.Scale; round++)
        {
            await load.GrowAsync(Operations);
            foreach (var path in paths)
            {
                var again = await FetchAsync(round % 2 == 0 ? two : one, path);
                Assert.True(again.SequenceEqual(first[path]), $"{path} changed in round {round}");
            }
        }

        await stop.CancelAsync();
        await pouring;
        Assert.True(await HeadAsync(two) > pin + (Rounds * Operations / 2));
    }

    static async Task<byte[]> FetchAsync(Server server, string path)
    {
        using var client = new HttpClient { BaseAddress = server.Http };
        client.DefaultRequestHeaders.Authorization = new("Bearer", server.Key);
        using var reply = await client.GetAsync(path, TestContext.Current.CancellationToken);
        var body = await reply.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.True(reply.IsSuccessStatusCode, $"{path}: {(int)reply.StatusCode} {System.Text.Encoding.UTF8.GetString(body)}");
        return body;
    }

    static async Task<long> HeadAsync(Server server) =>
        long.Parse(Text((await server.GetAsync("/v1/operations?limit=1")).Json["items"]![0]!["id"]), CultureInfo.InvariantCulture);

    static string Text(JsonNode? node) => node!.GetValue<string>();
}
