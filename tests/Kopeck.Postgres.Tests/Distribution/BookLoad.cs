using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Kopeck.Testing;

namespace Kopeck.Postgres.Tests.Distribution;

/// <summary>
/// Transfers of a cent within one book, sent to several nodes in turn; each is sent again with its key until it is acknowledged, so that at
/// the end as many cents have moved as keys were sent.
/// </summary>
sealed class BookLoad : IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    readonly string from;
    readonly string to;
    readonly HttpClient client;
    readonly ConcurrentDictionary<string, string> answers = new();
    long last = Stopwatch.GetTimestamp();
    long longest;
    int refusals;

    BookLoad(string book, HttpClient client, string from, string to) =>
        (Book, this.client, this.from, this.to) = (book, client, from, to);

    public string Book { get; }

    public int Acknowledged => answers.Count;

    /// <summary>Answers 503.</summary>
    public int Refusals => refusals;

    /// <summary>The longest time without an acknowledgement since <see cref="StartCounting"/>.</summary>
    public TimeSpan LongestPause => TimeSpan.FromTicks(Math.Max(Interlocked.Read(ref longest), Since(Interlocked.Read(ref last))));

    /// <summary>Opens a book and two wallets in it.</summary>
    public static async Task<BookLoad> OpenAsync(Server server, ILedgerPlace place, string book)
    {
        var operatorKey = (await File.ReadAllTextAsync(Path.Combine(place.Keys, "operator.key"))).Trim();
        using var manager = new HttpClient();
        manager.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", operatorKey);
        var opened = await SendAsync(manager, server, HttpMethod.Post, "/v1/books", $$"""{"name":"{{book}}"}""", null);
        Assert.True(opened.Status == 201, opened.Body);
        var caller = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", opened.Json["key"]!.GetValue<string>());
        var wallets = new List<string>();
        for (var place1 = 0; place1 < 2; place1++)
        {
            var customer = await SendAsync(
                caller, server, HttpMethod.Post, "/v1/customers", """{"name":"A B","country":"PT","city":"Lisboa","currency":"EUR"}""", $"c{place1}");
            Assert.True(customer.Status == 201, customer.Body);
            wallets.Add(customer.Json["wallets"]![0]!["id"]!.GetValue<string>());
        }

        var deposit = await SendAsync(
            caller, server, HttpMethod.Post, "/v1/deposits", $$"""{"wallet":"{{wallets[0]}}","amount":"1000000"}""", "rich");
        Assert.True(deposit.Status == 201, deposit.Body);
        return new BookLoad(book, caller, wallets[0], wallets[1]);
    }

    /// <summary>From now on pauses count.</summary>
    public void StartCounting()
    {
        Interlocked.Exchange(ref last, Stopwatch.GetTimestamp());
        Interlocked.Exchange(ref longest, 0);
    }

    /// <summary>Sends until told to stop; what was sent by then is acknowledged at the end.</summary>
    public Task RunAsync(IReadOnlyList<Server> servers, string name, int workers, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, workers).Select(async worker =>
        {
            for (var turn = 0; !stop.IsCancellationRequested; turn++)
            {
                var key = $"{name}-{worker}-{turn}";
                var reply = await UntilAnsweredAsync(servers, worker + turn, key);
                answers[key] = reply.Body;
                var now = Stopwatch.GetTimestamp();
                var pause = Since(Interlocked.Exchange(ref last, now));
                for (var seen = Interlocked.Read(ref longest); seen < pause; seen = Interlocked.Read(ref longest))
                    Interlocked.CompareExchange(ref longest, pause, seen);
            }
        }));

    /// <summary>One transfer; its answer, whatever it is.</summary>
    public Task<Reply> TransferAsync(Server server, string key) =>
        SendAsync(client, server, HttpMethod.Post, "/v1/transfers", Body, key);

    /// <summary>That as many cents moved as were acknowledged, and that some of the answers are given again to the byte.</summary>
    public async Task AssertKeptAsync(Server server, Random random, int replays)
    {
        var wallet = await SendAsync(client, server, HttpMethod.Get, "/v1/wallets/" + to, null, null);
        Assert.True(wallet.Status == 200, wallet.Body);
        Assert.Equal(answers.Count, decimal.Parse(wallet.Json["posted"]!.GetValue<string>(), CultureInfo.InvariantCulture) * 100);
        foreach (var (key, answer) in answers.OrderBy(_ => random.Next()).Take(replays))
        {
            var again = await TransferAsync(server, key);
            Assert.True(again.IsReplay, $"{key} was lost: {again.Body}");
            Assert.Equal(answer, again.Body);
        }
    }

    /// <summary>Old keys, many in one batch: each is answered as it was.</summary>
    public async Task AssertReplaysTogetherAsync(Server server, int count)
    {
        var keys = answers.Keys.Order(StringComparer.Ordinal).Take(count).ToList();
        var replies = await Task.WhenAll(keys.Select(key => TransferAsync(server, key)));
        Assert.All(replies, reply => Assert.True(reply.IsReplay, reply.Body));
        Assert.Equal(keys.Select(key => answers[key]), replies.Select(reply => reply.Body));
    }

    public void Dispose() => client.Dispose();

    string Body => $$"""{"from":"{{from}}","to":"{{to}}","amount":"0.01"}""";

    async Task<Reply> UntilAnsweredAsync(IReadOnlyList<Server> servers, int turn, string key)
    {
        for (; ; turn++)
        {
            try
            {
                var reply = await TransferAsync(servers[turn % servers.Count], key);
                if (reply.Status == 201)
                    return reply;
                Assert.True(reply.Status == 503 && reply.Code == "storage_unavailable", reply.Body);
                Interlocked.Increment(ref refusals);
            }
            catch (HttpRequestException)
            {
                // The same key again.
            }

            await Task.Delay(Pause);
        }
    }

    static async Task<Reply> SendAsync(HttpClient client, Server server, HttpMethod method, string path, string? body, string? key)
    {
        using var request = new HttpRequestMessage(method, server.Url + path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        return new Reply(
            (int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Contains("Idempotency-Replayed"));
    }

    static long Since(long timestamp) => Stopwatch.GetElapsedTime(timestamp).Ticks;
}
