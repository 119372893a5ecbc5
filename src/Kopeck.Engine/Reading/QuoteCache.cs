using System.Collections.Concurrent;
using System.Globalization;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Reading;

/// <summary>
/// Quotes by date under the book's first hash and the hash of the last operation that loaded quotes: an entry can never be stale, nor
/// another database's. In memory first, then where nodes share them, if anywhere; what comes from there counts only under a seal that
/// nobody can make who cannot read the database.
/// </summary>
public sealed class QuoteCache : IDisposable
{
    const int MaxBooks = 10_000;
    const long MaxBytesInMemory = 64 << 20;

    // Entries are never wrong, only unused: how long they are kept is a question of room.
    static readonly HybridCacheEntryOptions Kept =
        new() { Expiration = TimeSpan.FromDays(1), LocalCacheExpiration = TimeSpan.FromHours(1) };

    // The database is read by this class: what it reads is kept only when no quotes were loaded meanwhile.
    static readonly HybridCacheEntryOptions Look = new()
    {
        Expiration = Kept.Expiration,
        LocalCacheExpiration = Kept.LocalCacheExpiration,
        Flags = HybridCacheEntryFlags.DisableUnderlyingData
    };

    readonly ConcurrentDictionary<Digest, Digest> secrets = new();
    readonly Lazy<(ServiceProvider Services, HybridCache Cache)> levels;
    readonly ILedgerStore store;
    readonly ILogger logger;
    readonly bool isShared;

    internal QuoteCache(ILedgerStore store, IDistributedCache? shared, ILogger logger)
    {
        this.store = store;
        this.logger = logger;
        isShared = shared is not null;
        levels = new(() => Build(shared));
    }

    /// <summary>
    /// For each currency the newest quote on a day, however old, by currency; and the book's limit of age. Null when there is no such book.
    /// </summary>
    public async ValueTask<QuotesOfDay?> FindAsync(BookName book, DateOnly day, CancellationToken cancellationToken)
    {
        if (await store.FindBookAsync(book, cancellationToken).ConfigureAwait(false) is not { } row)
            return null;
        var name = Name(row, day);
        var cache = levels.Value.Cache;
        var secret = isShared ? await FindSecretAsync(row, cancellationToken).ConfigureAwait(false) : null;
        var look = secret is null ? NotShared(Look) : Look;
        var found = await cache.GetOrCreateAsync(
            name, static _ => ValueTask.FromResult<SealedQuotes?>(null), look, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (found is { } entry)
        {
            if (entry.TryOpen(name, secret, out var kept))
                return new QuotesOfDay(row, day, kept);
            logger.SharedQuotesDamaged(book);
        }

        var quotes = await store.GetNewestQuotesAsync(book, day, cancellationToken).ConfigureAwait(false);
        if ((await store.FindBookAsync(book, cancellationToken).ConfigureAwait(false))?.QuotesHash == row.QuotesHash)
            await cache.SetAsync(
                name, SealedQuotes.Seal(name, secret, quotes), secret is null ? NotShared(Kept) : Kept,
                cancellationToken: cancellationToken)
                .ConfigureAwait(false);
        return new QuotesOfDay(row, day, quotes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (levels.IsValueCreated)
            levels.Value.Services.Dispose();
    }

    /// <summary>An entry's name: the form, the journal up to the last quotes, the day.</summary>
    static string Name(BookRow row, DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"kopeck:quotes:2:{row.FirstHash}:{row.QuotesHash ?? default}:{day:yyyy-MM-dd}");

    static HybridCacheEntryOptions NotShared(HybridCacheEntryOptions options) => new()
    {
        Expiration = options.Expiration,
        LocalCacheExpiration = options.LocalCacheExpiration,
        Flags = options.Flags.GetValueOrDefault() | HybridCacheEntryFlags.DisableDistributedCache,
    };

    /// <summary>
    /// What entries of a book are sealed with: the stored digest of its first API key, which only those know who read the database (or hold
    /// that key, an administrator's). Null, and nothing is shared, when the book has no keys.
    /// </summary>
    async ValueTask<Digest?> FindSecretAsync(BookRow row, CancellationToken cancellationToken)
    {
        if (secrets.TryGetValue(row.FirstHash, out var known))
            return known;
        var keys = await store.ListKeysAsync(row.Book, cancellationToken).ConfigureAwait(false);
        if (keys.OrderBy(key => key.CreatedAt).ThenBy(key => key.Name.Value, StringComparer.Ordinal).FirstOrDefault() is not { } first)
            return null;
        if (secrets.Count >= MaxBooks)
            secrets.Clear();
        return secrets.GetOrAdd(row.FirstHash, first.Digest);
    }

    static (ServiceProvider Services, HybridCache Cache) Build(IDistributedCache? shared)
    {
        var services = new ServiceCollection();
        if (shared is not null)
            services.AddSingleton(shared);
        services.AddMemoryCache(memory => memory.SizeLimit = MaxBytesInMemory);
        services.AddHybridCache().AddSerializer<SealedQuotes, SealedQuotesSerializer>();
        var provider = services.BuildServiceProvider();
        return (provider, provider.GetRequiredService<HybridCache>());
    }
}
