using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Kopeck.Redis;

/// <summary>
/// Redis as a level that may be away: nobody waits for it. While it does not answer, every look finds nothing and every entry is dropped,
/// at once; only the looks that first notice it wait, for milliseconds. It is asked in the background whether it is back, which it is when
/// it is as quick as a look must be: a Redis that is merely slow is left alone, too.
/// </summary>
public sealed class SharedQuotes : IDistributedCache, IAsyncDisposable
{
    // An entry is a nicety: more of them on their way than this are a sign that Redis is slow.
    const int MaxWrites = 64;

    static readonly TimeSpan DefaultPatience = TimeSpan.FromMilliseconds(5);
    static readonly TimeSpan WritePatience = TimeSpan.FromSeconds(1);
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    readonly ConfigurationOptions settings;
    readonly TimeSpan patience;
    readonly TimeProvider time;
    readonly ILogger<SharedQuotes> logger;
    readonly string address;
    readonly RedisNews news;
    readonly CancellationTokenSource ending = new();
    readonly SemaphoreSlim failed = new(0);
    readonly Task keeping;
    RedisCache? entries;
    int isAnswering;
    int hasServed;
    int writes;

    /// <summary>Starts to connect, and does not wait for it.</summary>
    /// <param name="patience">How long a look waits at most; 5 ms unless given.</param>
    public SharedQuotes(ConfigurationOptions settings, TimeProvider time, ILogger<SharedQuotes> logger, TimeSpan? patience = null)
    {
        this.settings = settings.Clone();
        this.settings.AbortOnConnectFail = false;
        this.settings.BacklogPolicy = BacklogPolicy.FailFast;
        this.settings.ReconnectRetryPolicy = new ExponentialRetry(500, (int)LongestPause.TotalMilliseconds);
        this.settings.ClientName ??= "kopeck";
        this.time = time;
        this.logger = logger;
        this.patience = patience ?? DefaultPatience;
        address = RedisAddress.Describe(settings);
        news = new RedisNews(logger, address, time);
        keeping = Task.Run(KeepAsync, CancellationToken.None);
    }

    /// <summary>Whether Redis answered when it was last asked.</summary>
    public bool IsAnswering => Volatile.Read(ref isAnswering) == 1;

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        if (!IsAnswering)
            return null;
        var look = entries!.GetAsync(key, CancellationToken.None);
        try
        {
            var found = await look.WaitAsync(patience, time, token).ConfigureAwait(false);
            Volatile.Write(ref hasServed, 1);
            return found;
        }
        catch (Exception exception) when (!token.IsCancellationRequested)
        {
            Forget(look);
            Note(exception);
            return null;
        }
    }

    /// <summary>Puts an entry on its way.</summary>
    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        if (IsAnswering)
            Write(() => entries!.SetAsync(key, value, options, CancellationToken.None));
        return Task.CompletedTask;
    }

    /// <summary>Puts a removal on its way.</summary>
    public Task RemoveAsync(string key, CancellationToken token = default)
    {
        if (IsAnswering)
            Write(() => entries!.RemoveAsync(key, CancellationToken.None));
        return Task.CompletedTask;
    }

    /// <summary>Nothing: entries do not slide.</summary>
    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    /// <summary>Nobody may wait for Redis on his own thread.</summary>
    public byte[]? Get(string key) => throw new NotSupportedException();

    /// <inheritdoc cref="Get"/>
    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

    /// <inheritdoc cref="Get"/>
    public void Refresh(string key) => throw new NotSupportedException();

    /// <inheritdoc cref="Get"/>
    public void Remove(string key) => throw new NotSupportedException();

    /// <summary>Leaves Redis. Does not wait for what is on its way.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        await keeping.ConfigureAwait(false);
        Volatile.Write(ref isAnswering, 0);
        ending.Dispose();
    }

    async void Write(Func<Task> write)
    {
        if (Interlocked.Increment(ref writes) <= MaxWrites)
        {
            try
            {
                await write().WaitAsync(WritePatience, time, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // Whatever it is: an entry that is not written is read from the database.
                Note(exception);
            }
        }

        Interlocked.Decrement(ref writes);
    }

    // Redis said no, as to a foreign value under an entry's key: it is there all the same.
    void Note(Exception exception)
    {
        var reason = Reason(exception);
        if (exception is RedisServerException)
        {
            logger.Refused(address, reason);
        }
        else if (Interlocked.Exchange(ref isAnswering, 0) == 1)
        {
            news.DoesNotAnswer(reason);
            failed.Release();
        }
    }

    // Connects, and after every failure asks until there is an answer. The library makes the connection again by itself.
    async Task KeepAsync()
    {
        ConnectionMultiplexer? connection = null;
        try
        {
            var isDoubted = false;
            for (var pause = FirstPause; ;)
            {
                try
                {
                    connection ??= await ConnectionMultiplexer.ConnectAsync(settings).WaitAsync(ending.Token).ConfigureAwait(false);
                    var pinged = connection.GetDatabase().PingAsync();
                    Forget(pinged);
                    await pinged.WaitAsync(patience, time, ending.Token).ConfigureAwait(false);
                    entries ??= new RedisCache(
                        new RedisCacheOptions { ConnectionMultiplexerFactory = () => Task.FromResult<IConnectionMultiplexer>(connection) });
                    if (await ServeAsync(isDoubted).ConfigureAwait(false))
                        pause = FirstPause;
                    isDoubted = true;
                }
                catch (Exception exception) when (exception is not OperationCanceledException || !ending.IsCancellationRequested)
                {
                    news.DoesNotAnswer(Reason(exception));
                }

                await Task.Delay(pause, time, ending.Token).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
        finally
        {
            if (connection is not null)
                await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    // Until a look or an entry fails. True when looks were answered and that lasted: a ping alone, or a moment, does not end the backing
    // off,
    // and where looks failed a ping is no news.
    async Task<bool> ServeAsync(bool isDoubted)
    {
        var since = time.GetTimestamp();
        Volatile.Write(ref hasServed, 0);
        Volatile.Write(ref isAnswering, 1);
        var ended = failed.WaitAsync(ending.Token);
        while (true)
        {
            if (!isDoubted || Volatile.Read(ref hasServed) == 1)
                news.Answers();
            try
            {
                await ended.WaitAsync(LongestPause, time, ending.Token).ConfigureAwait(false);
                return Volatile.Read(ref hasServed) == 1 && time.GetElapsedTime(since) >= LongestPause;
            }
            catch (TimeoutException)
            {
                // It still serves: what could not be said so soon is said now.
            }
        }
    }

    static string Reason(Exception exception) => exception switch
    {
        RedisConnectionException connection => connection.FailureType.ToString(),
        TimeoutException => "no answer in time",
        _ => exception.GetType().Name,
    };

    // What nobody waits for any more may fail in silence.
    static void Forget(Task task) =>
        _ = task.ContinueWith(
            static ended => _ = ended.Exception, CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
