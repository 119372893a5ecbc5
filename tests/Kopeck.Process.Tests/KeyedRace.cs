using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>
/// Requests with keys, singly and in batches, through two servers of which one may be killed: each is sent again, with the same
/// key, until it is answered.
/// </summary>
sealed class KeyedRace
{
    readonly ConcurrentDictionary<string, (Sent Sent, Reply Reply)> answers = new();
    readonly ConcurrentDictionary<int, TaskCompletionSource> milestones = new();
    int answered;

    /// <summary>What came of each request, and of each item of the batches, by its key.</summary>
    public IReadOnlyList<(string Key, int Status, JsonNode Body)> Outcomes =>
    [
        .. answers.Values.SelectMany(answer => answer.Sent.Path == "/v1/batches"
            ? Items(answer.Sent, answer.Reply)
            : [(answer.Sent.Key, answer.Reply.Status, answer.Reply.Json)]),
    ];

    /// <summary>Completes when so many requests were answered.</summary>
    public Task AnsweredAsync(int count)
    {
        var milestone = milestones.GetOrAdd(count, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (Volatile.Read(ref answered) >= count)
            milestone.TrySetResult();
        return milestone.Task;
    }

    /// <summary>Sends all at once, half of them through each server; what one leaves unanswered goes to the other.</summary>
    public Task SendAsync(IEnumerable<Sent> requests, Server mayDie, Server other) =>
        Task.WhenAll(requests.Select((sent, index) => SendAsync(sent, index % 2 == 0 ? mayDie : other, other)));

    /// <summary>Sends everything again: what was done answers the same to the byte, and what was refused is refused.</summary>
    public async Task AssertReplaysAsync(Server server)
    {
        foreach (var (key, (sent, reply)) in answers)
        {
            var again = await server.PostAsync(sent.Path, sent.Body, key);
            if (sent.Path == "/v1/batches")
            {
                foreach (var (before, after) in Items(sent, reply).Zip(Items(sent, again)))
                    AssertSame(before.Key, (before.Status, before.Body.ToJsonString()), (after.Status, after.Body.ToJsonString()));
                continue;
            }

            AssertSame(key, (reply.Status, reply.Body), (again.Status, again.Body));
            Assert.Equal(reply.Status == 201, again.IsReplay);
        }
    }

    static void AssertSame(string key, (int Status, string Body) before, (int Status, string Body) after)
    {
        if (before.Status == 201)
            Assert.Equal(before, after);
        else
            Assert.True(after.Status is >= 400 and < 500, $"{key}: first {before.Body}, then {after.Status} {after.Body}");
    }

    static IEnumerable<(string Key, int Status, JsonNode Body)> Items(Sent sent, Reply reply)
    {
        Assert.True(reply.Status == 200, reply.Body);
        var keys = JsonNode.Parse(sent.Body)!["operations"]!.AsArray().Select(item => item!["key"]!.GetValue<string>());
        return keys.Zip(reply.Json["outcomes"]!.AsArray(), (key, outcome) => (key, outcome!["status"]!.GetValue<int>(), outcome["body"]!));
    }

    async Task SendAsync(Sent sent, Server first, Server other)
    {
        var reply = await first.TrySendAsync(HttpMethod.Post, sent.Path, sent.Body, sent.Key);
        while (reply is null or { Status: 503 })
        {
            await Task.Delay(20);
            reply = await other.TrySendAsync(HttpMethod.Post, sent.Path, sent.Body, sent.Key);
        }

        Assert.True(answers.TryAdd(sent.Key, (sent, reply)));
        var count = Interlocked.Increment(ref answered);
        if (milestones.TryGetValue(count, out var milestone))
            milestone.TrySetResult();
    }
}
