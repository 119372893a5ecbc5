using System.Collections.Concurrent;
using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Hosting;

/// <summary>The books of a node, which share its memory: those that nobody writes to give theirs back. Safe for concurrent use.</summary>
sealed class BookHosts : IAsyncDisposable
{
    readonly ConcurrentDictionary<BookName, BookHost> hosts = new();
    readonly EngineParts parts;
    readonly Action<BookName, long> onCommitted;
    readonly MemoryBudget budget;
    readonly ITimer sweep;

    /// <param name="onCommitted">Told the number that a journal reaches after each commit.</param>
    public BookHosts(EngineParts parts, Action<BookName, long> onCommitted)
    {
        (this.parts, this.onCommitted) = (parts, onCommitted);
        budget = new MemoryBudget(parts.Options.MaxKnownAccounts, parts.Options.MaxKnownLookups, MakeRoom);
        var interval = TimeSpan.FromTicks(parts.Options.IdleBookLife.Ticks / 2);
        sweep = parts.Time.CreateTimer(_ => LetIdleRest(), null, interval, interval);
    }

    public ICollection<BookHost> All => hosts.Values;

    /// <summary>What books have in memory.</summary>
    public MemoryBudget Memory => budget;

    public BookHost? Find(BookName book) => hosts.GetValueOrDefault(book);

    public BookHost Of(BookName book) =>
        hosts.TryGetValue(book, out var host)
            ? host
            : hosts.GetOrAdd(book, static (name, all) => new BookHost(all.parts, name, all.budget.Open(), all.onCommitted), this);

    /// <summary>Takes no more commands, finishes those that wait, and answers them.</summary>
    public async ValueTask DisposeAsync()
    {
        await sweep.DisposeAsync().ConfigureAwait(false);
        foreach (var host in hosts.Values)
            await host.DisposeAsync().ConfigureAwait(false);
    }

    void LetIdleRest()
    {
        foreach (var host in hosts.Values)
        {
            if (host.IdleSince is { } since && parts.Time.GetElapsedTime(since) >= parts.Options.IdleBookLife)
                host.Rest();
        }
    }

    /// <summary>Lets books rest, the one that was idle for longest first, until that gives back so much; false when it does not.</summary>
    bool MakeRoom(long accounts, long lookups)
    {
        var idle = hosts.Values
            .Select(host => (Host: host, Since: host.IdleSince))
            .Where(each => each.Since is not null && each.Host.Memory is { Accounts: > 0 } or { Lookups: > 0 })
            .OrderBy(each => each.Since);
        foreach (var (host, _) in idle)
        {
            if (accounts <= 0 && lookups <= 0)
                break;
            accounts -= host.Memory.Accounts;
            lookups -= host.Memory.Lookups;
            host.Rest();
        }

        return accounts <= 0 && lookups <= 0;
    }
}
