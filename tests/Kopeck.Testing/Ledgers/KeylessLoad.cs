using System.Collections.Concurrent;

namespace Kopeck.Testing;

/// <summary>Registrations without a key, which nobody can send again: what was answered must be the truth the first time.</summary>
public sealed class KeylessLoad(string name)
{
    readonly ConcurrentDictionary<string, string> acknowledged = new();
    readonly ConcurrentDictionary<string, bool> unknown = new();
    int count;
    volatile Exception? failure;

    public int Acknowledged => acknowledged.Count;

    /// <summary>How many were answered 503, or not at all.</summary>
    public int Unknown => unknown.Count;

    /// <summary>Registers one customer after the other until told to stop or the connection breaks.</summary>
    public async Task RunAsync(Server server, int workers, CancellationToken stop) =>
        await Task.WhenAll(Enumerable.Range(0, workers).Select(async _ =>
    {
        try
        {
            while (!stop.IsCancellationRequested && await RegisterAsync(server) is { } reply)
            {
                if (reply.Status == 503)
                    await Task.Delay(50, CancellationToken.None);
            }
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
    }));

    /// <summary>Registers one customer; the answer, null when there was none.</summary>
    public async Task<Reply?> RegisterAsync(Server server)
    {
        var customer = $"{name} {Interlocked.Increment(ref count)}";
        var reply = await server.TrySendAsync(HttpMethod.Post, "/v1/customers", $$"""{"name":"{{customer}}","country":"PT","city":"Lisboa","currency":"EUR"}""", null);
        if (reply is null or { Status: 503 })
            unknown[customer] = true;
        else if (reply.Status == 201)
            acknowledged[customer] = reply.Json["id"]!.GetValue<string>();
        else
            Assert.Fail(reply.Body + server.Log);
        return reply;
    }

    /// <summary>Waits until so many more were acknowledged.</summary>
    public Task GrowAsync(int more)
    {
        var wanted = acknowledged.Count + more;
        return Checks.EventuallyAsync(
            () => failure is null ? Task.FromResult(acknowledged.Count >= wanted) : Task.FromException<bool>(failure),
            $"{more} more registered");
    }

    /// <summary>Who was told so is there, once and by the id that was told; of the others each is there once or not at all.</summary>
    public async Task AssertTruthfulAsync(Server server)
    {
        var found = new Dictionary<string, List<string>>();
        string? next = null;
        do
        {
            var reply = await server.GetAsync(
                $"/v1/customers?limit=1000&name={Uri.EscapeDataString(name)}" + (next is null ? "" : "&cursor=" + next));
            Assert.True(reply.Status == 200, reply.Body);
            foreach (var item in reply.Json["items"]!.AsArray())
                (found.TryGetValue(item!["name"]!.GetValue<string>(), out var ids) ? ids : found[item["name"]!.GetValue<string>()] = [])
                    .Add(item["id"]!.GetValue<string>());
            next = reply.Json["next"]?.GetValue<string>();
        }
        while (next is not null);
        foreach (var (customer, id) in acknowledged)
            Assert.True(
                found.TryGetValue(customer, out var ids) && ids is [var only] && only == id,
                $"{customer} was told to be {id}, and is {string.Join(", ", found.GetValueOrDefault(customer, []))}");
        foreach (var (customer, ids) in found)
            Assert.True(
                ids.Count == 1 && (acknowledged.ContainsKey(customer) || unknown.ContainsKey(customer)),
                $"{customer} is {string.Join(", ", ids)}");
    }
}
