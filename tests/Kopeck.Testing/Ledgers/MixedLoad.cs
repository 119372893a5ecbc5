using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Kopeck.Testing;

/// <summary>A request that has a key, and so can be sent again.</summary>
public sealed record Sent(string Key, string Path, string Body);

/// <summary>
/// Requests of many kinds from many workers: registrations with a wallet, deposits, transfers, conversions, postings, atomic batches.
/// It remembers what was acknowledged and what it does not know, and can say whether a book kept to that.
/// </summary>
public sealed class MixedLoad
{
    readonly ConcurrentDictionary<string, (Sent Sent, string Answer)> acknowledged = new();
    readonly ConcurrentDictionary<string, Sent> unknown = new();
    readonly string[] euro;
    readonly string yen;
    int refusals;
    int working;
    string? lastRefusal;
    Server? target;
    volatile Exception? failure;

    MixedLoad(string[] euro, string yen)
    {
        this.euro = euro;
        this.yen = yen;
    }

    public int Acknowledged => acknowledged.Count;

    /// <summary>Answers 503.</summary>
    public int Refusals => refusals;

    /// <summary>Opens rich wallets and loads a quote.</summary>
    public static async Task<MixedLoad> PrepareAsync(Server server)
    {
        var load = new MixedLoad(
            [await server.OpenWalletAsync("EUR", "1000000"), await server.OpenWalletAsync("EUR", "1000000")],
            await server.OpenWalletAsync("JPY", "100000000"));
        var today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Put, "/v1/quotes/" + today, """{"JPY":"0.0061"}""", null)).Status);
        return load;
    }

    /// <summary>Sends from several workers until told to stop or the connection breaks.</summary>
    /// <param name="name">Makes the keys: another one each time.</param>
    public Task RunAsync(Server server, string name, int workers, CancellationToken stop)
    {
        target = server;
        return Task.WhenAll(
            Enumerable.Range(0, workers)
                .Select(
                    worker =>
                        Task.Run(() => NoteFailureAsync(WorkAsync(server, $"{name}-{worker}", worker, stop)), CancellationToken.None)));
    }

    /// <summary>Waits until so many more were acknowledged.</summary>
    public Task GrowAsync(int count)
    {
        var wanted = acknowledged.Count + count;
        return Checks.EventuallyAsync(
            () => failure is null ? Task.FromResult(acknowledged.Count >= wanted) : Task.FromException<bool>(failure),
            () =>
                $"{count} more acknowledged: {acknowledged.Count} of {wanted}, {unknown.Count} unknown, {working} workers left, last refused with {lastRefusal}; {target?.Log}");
    }

    // A worker that fails ends: who waits for more is to hear of it.
    async Task NoteFailureAsync(Task task)
    {
        Interlocked.Increment(ref working);
        try
        {
            await task;
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref working);
        }
    }

    /// <summary>Sends what is not known again, with the same keys: now each is answered.</summary>
    public async Task LearnAsync(Server server)
    {
        foreach (var (key, sent) in unknown)
        {
            var reply = await server.PostAsync(sent.Path, sent.Body, key);
            Assert.True(reply.Status is 200 or 201, reply.Body);
            Assert.True(acknowledged.TryAdd(key, (sent, reply.Body)));
        }

        unknown.Clear();
    }

    /// <summary>Sends some of what was acknowledged again: the answers are the same to the byte.</summary>
    public async Task AssertReplaysAsync(Server server, Random random, int count)
    {
        foreach (var (key, (sent, answer)) in acknowledged.OrderBy(_ => random.Next()).Take(count))
        {
            var reply = await server.PostAsync(sent.Path, sent.Body, key);
            Assert.True(reply.IsReplay, $"{key} was lost: {reply.Body}");
            Assert.Equal(answer, reply.Body);
        }
    }

    /// <summary>
    /// Compares the whole journal: what was acknowledged is in it to the byte and once, what is unknown is there whole or not at all, and
    /// the balances follow.
    /// </summary>
    public async Task AssertKeptAsync(Server server)
    {
        var journal = await Journal.ReadAsync(server);
        journal.AssertLaws();
        var effects = journal.Operations.Where(operation => operation.Kind != "account_opened" && operation.Key is not null)
            .ToLookup(operation => operation.Key!);
        foreach (var (key, (sent, answer)) in acknowledged)
        {
            using var json = JsonDocument.Parse(answer);
            if (sent.Path == "/v1/batches")
            {
                foreach (var (outcome, item) in json.RootElement.GetProperty("outcomes").EnumerateArray().Zip(ItemKeys(key)))
                    Assert.Equal(outcome.GetProperty("body").GetRawText(), Assert.Single(effects[item]).Text);
            }
            else if (sent.Path == "/v1/customers")
            {
                Assert.Equal(
                    json.RootElement.GetProperty("id").GetString(), Assert.Single(effects[key]).Id.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                Assert.Equal(answer, Assert.Single(effects[key]).Text);
            }
        }

        foreach (var (key, sent) in unknown)
            Assert.Single((sent.Path == "/v1/batches" ? ItemKeys(key) : [key]).Select(each => effects[each].Count()).Distinct());
        Assert.All(effects, each => Assert.Single(each));
        foreach (var wallet in euro.Append(yen))
            Assert.Equal(journal.BalanceOf(wallet), decimal.Parse(await server.PostedAsync(wallet), CultureInfo.InvariantCulture));
    }

    static string[] ItemKeys(string key) => [key + "-in", key + "-over", key + "-out"];

    async Task WorkAsync(Server server, string name, int worker, CancellationToken stop)
    {
        for (var count = 0; !stop.IsCancellationRequested; count++)
        {
            var sent = Make($"{name}-{count}", worker + count);
            if (await server.TrySendAsync(HttpMethod.Post, sent.Path, sent.Body, sent.Key) is not { } reply)
            {
                unknown[sent.Key] = sent;
                return;
            }

            if (reply.Status == 503)
            {
                Interlocked.Increment(ref refusals);
                unknown[sent.Key] = sent;
                lastRefusal = reply.Body;
                // As a client would: the store is away for a while.
                await Task.Delay(50, CancellationToken.None);
            }
            else
            {
                Assert.True(reply.Status is 200 or 201, reply.Status == 500 ? reply.Body + server.Log : reply.Body);
                acknowledged[sent.Key] = (sent, reply.Body);
            }
        }
    }

    Sent Make(string key, int turn) => (turn % 6) switch
    {
        0 => new(key, "/v1/postings", $$"""{"legs":[{"from":"{{euro[0]}}","to":"{{euro[1]}}","amount":"0.03"},{"from":"{{euro[1]}}","to":"{{euro[0]}}","amount":"0.02"}]}"""),
        1 => new(key, "/v1/transfers", $$"""{"from":"{{euro[1]}}","to":"{{yen}}","amount":"1"}"""),
        2 => new(key, "/v1/batches", $$"""{"atomic":true,"operations":[{"kind":"deposit","key":"{{ItemKeys(key)[0]}}","wallet":"{{euro[0]}}","amount":"2"},{"kind":"transfer","key":"{{ItemKeys(key)[1]}}","from":"{{euro[0]}}","to":"{{euro[1]}}","amount":"1.50"},{"kind":"withdrawal","key":"{{ItemKeys(key)[2]}}","wallet":"{{euro[1]}}","amount":"1"}]}"""),
        3 => new(key, "/v1/customers", $$"""{"name":"Customer {{key}}","country":"PT","city":"Lisboa","code":"{{key}}","currency":"EUR"}"""),
        4 => new(key, "/v1/deposits", $$"""{"wallet":"{{euro[turn / 6 % 2]}}","amount":"0.01","description":"load"}"""),
        _ => new(key, "/v1/transfers", $$"""{"from":"{{euro[turn / 6 % 2]}}","to":"{{euro[1 - turn / 6 % 2]}}","amount":"0.01"}"""),
    };
}
