using System.Collections.Concurrent;
using Kopeck.Testing;

namespace Kopeck.Console.Tests;

/// <summary>
/// A server of each engine with a book in which every screen has something to show. Tests that break things make their own.
/// </summary>
public sealed class Books : IAsyncDisposable
{
    readonly ConcurrentDictionary<StorageEngine, Lazy<Task<SeededBook>>> books = new();

    public Task<SeededBook> OfAsync(StorageEngine engine) =>
        books.GetOrAdd(engine, one => new Lazy<Task<SeededBook>>(() => SeededBook.StartAsync(one))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var book in books.Values)
            await (await book.Value).DisposeAsync();
    }
}
