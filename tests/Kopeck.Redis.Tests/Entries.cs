using Kopeck.Testing;
using StackExchange.Redis;

namespace Kopeck.Redis.Tests;

/// <summary>What lies in Redis, for those who look at it and those who would tamper with it.</summary>
sealed class Entries : IAsyncDisposable
{
    const string Content = "data";

    readonly ConnectionMultiplexer connection;

    Entries(ConnectionMultiplexer connection) => this.connection = connection;

    IDatabase Database => connection.GetDatabase();

    public static async Task<Entries> OfAsync(RedisServer redis) => new(await ConnectionMultiplexer.ConnectAsync(redis.Address));

    public List<string> Names() =>
        [.. connection.GetServers()[0].Keys(pattern: "kopeck:*").Select(name => name.ToString()).Order(StringComparer.Ordinal)];

    /// <summary>Waits until so many entries were written; their names.</summary>
    public async Task<List<string>> EventuallyAsync(int count)
    {
        await Checks.EventuallyAsync(() => Task.FromResult(Names().Count == count), $"{count} entries");
        return Names();
    }

    public async Task<byte[]> ReadAsync(string name) => (byte[])(await Database.HashGetAsync(name, Content))!;

    public Task WriteAsync(string name, byte[] content) => Database.HashSetAsync(name, Content, content);

    public Task ReplaceByTextAsync(string name) => Database.StringSetAsync(name, "not an entry");

    public async Task RemoveAsync(string name) => Assert.True(await Database.KeyDeleteAsync(name));

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
