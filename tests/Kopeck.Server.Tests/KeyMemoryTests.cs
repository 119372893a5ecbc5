using System.Globalization;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Server.Tests;

/// <summary>What is remembered of keys, and for how long.</summary>
public sealed class KeyMemoryTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    static readonly TimeSpan Promise = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_token_that_is_no_key_is_looked_up_once_in_a_while_only()
    {
        var store = new CountingStore(server.Store);
        var clock = new ManualClock();
        var keys = new ApiKeys(store, clock);
        var token = keys.Make(server.BookOf(server.Main.Key), KeyName.Parse("never"), Scopes.Read).Secret;
        for (var turn = 0; turn < 100; turn++)
            Assert.Null(await keys.AuthenticateAsync(token, TestContext.Current.CancellationToken));
        Assert.Equal(1, store.Looks);
        clock.Pass(Promise);
        Assert.Null(await keys.AuthenticateAsync(token, TestContext.Current.CancellationToken));
        Assert.Equal(2, store.Looks);
    }

    [Fact]
    public async Task However_many_ask_at_once_the_store_is_asked_once_and_one_who_goes_away_takes_nobody_along()
    {
        var store = new CountingStore(server.Store);
        var keys = new ApiKeys(store, new ManualClock());
        var answer = new TaskCompletionSource();
        store.BeforeAnswer = () => answer.Task;
        using var away = new CancellationTokenSource();
        var first = keys.AuthenticateAsync(server.Main.Key, away.Token).AsTask();
        var others = Enumerable.Range(0, 100)
            .Select(_ => keys.AuthenticateAsync(server.Main.Key, TestContext.Current.CancellationToken).AsTask()).ToList();
        await away.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        answer.SetResult();
        Assert.All(await Task.WhenAll(others), Assert.NotNull);
        Assert.Equal(1, store.Looks);
    }

    [Fact]
    public async Task A_look_that_fails_fails_those_who_waited_for_it_and_nobody_after_them()
    {
        var store = new CountingStore(server.Store);
        var keys = new ApiKeys(store, new ManualClock());
        store.BeforeAnswer = async () =>
        {
            store.BeforeAnswer = null;
            await Task.Yield();
            throw new StorageUnavailableException("away");
        };
        await Assert.ThrowsAsync<StorageUnavailableException>(
            () => keys.AuthenticateAsync(server.Main.Key, TestContext.Current.CancellationToken).AsTask());
        Assert.NotNull(await keys.AuthenticateAsync(server.Main.Key, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_key_that_another_node_makes_works_here_within_the_promise_also_when_it_was_refused_before()
    {
        var clock = new ManualClock();
        var here = new ApiKeys(server.Store, clock);
        var made = here.Make(server.BookOf(server.Main.Key), KeyName.Parse(server.NextName("early")), Scopes.Read);
        Assert.Null(await here.AuthenticateAsync(made.Secret, TestContext.Current.CancellationToken));
        Assert.True(await server.Store.AddKeyAsync(made.Key, TestContext.Current.CancellationToken));
        clock.Pass(Promise);
        Assert.Equal(made.Key.Name, (await here.AuthenticateAsync(made.Secret, TestContext.Current.CancellationToken))?.Name);
    }

    [Fact]
    public async Task A_flood_of_guesses_neither_grows_without_limit_nor_pushes_out_who_has_a_key()
    {
        var store = new CountingStore(server.Store);
        var keys = new ApiKeys(store, new ManualClock());
        Assert.NotNull(await keys.AuthenticateAsync(server.Main.Key, TestContext.Current.CancellationToken));
        store.Knows = false;
        for (var guess = 0; guess < 25_000; guess++)
            Assert.Null(
                await keys.AuthenticateAsync(
                    string.Create(CultureInfo.InvariantCulture, $"kopeck_{guess:D43}"), TestContext.Current.CancellationToken));
        Assert.NotNull(await keys.AuthenticateAsync(server.Main.Key, TestContext.Current.CancellationToken));
        Assert.Equal(25_001, store.Looks);
        Assert.InRange(keys.Remembered, 1, 20_000);
    }

    [Fact]
    public async Task A_look_that_is_on_its_way_while_the_key_is_revoked_is_not_remembered()
    {
        var store = new CountingStore(server.Store);
        var keys = new ApiKeys(store, new ManualClock());
        var book = server.BookOf(server.Main.Key);
        var made = (
            await keys.CreateAsync(
                book, KeyName.Parse(server.NextName("leaving")), Scopes.Read, TestContext.Current.CancellationToken)).Key!;
        store.BeforeAnswer = async () =>
        {
            store.BeforeAnswer = null;
            Assert.Null((await keys.RevokeAsync(book, made.Key.Name, TestContext.Current.CancellationToken)).Rejection);
        };
        Assert.NotNull(await keys.AuthenticateAsync(made.Secret, TestContext.Current.CancellationToken));
        Assert.False(keys.Knows(made.Secret));
        Assert.Null(await keys.AuthenticateAsync(made.Secret, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Who_asks_after_a_revocation_does_not_join_a_look_from_before_it()
    {
        var store = new CountingStore(server.Store);
        var keys = new ApiKeys(store, new ManualClock());
        var book = server.BookOf(server.Main.Key);
        var made =
            (await keys.CreateAsync(book, KeyName.Parse(server.NextName("gone")), Scopes.Read, TestContext.Current.CancellationToken)).Key!;
        var answer = new TaskCompletionSource();
        var looking = new TaskCompletionSource();
        store.BeforeAnswer = () =>
        {
            store.BeforeAnswer = null;
            looking.SetResult();
            return answer.Task;
        };
        var before = keys.AuthenticateAsync(made.Secret, TestContext.Current.CancellationToken).AsTask();
        await looking.Task;
        Assert.Null((await keys.RevokeAsync(book, made.Key.Name, TestContext.Current.CancellationToken)).Rejection);
        Assert.Null(await keys.AuthenticateAsync(made.Secret, TestContext.Current.CancellationToken));
        answer.SetResult();
        Assert.NotNull(await before);
        Assert.Null(await keys.AuthenticateAsync(made.Secret, TestContext.Current.CancellationToken));
    }

    /// <summary>The real store, whose looks are counted; one that knows nobody answers guesses without the file.</summary>
    sealed class CountingStore(IKeyStore real) : IKeyStore
    {
        public int Looks { get; private set; }

        public bool Knows { get; set; } = true;

        /// <summary>What happens between a look and its answer.</summary>
        public Func<Task>? BeforeAnswer { get; set; }

        public async ValueTask<ApiKey?> FindKeyAsync(Digest digest, CancellationToken cancellationToken)
        {
            Looks++;
            var found = Knows ? await real.FindKeyAsync(digest, cancellationToken) : null;
            if (BeforeAnswer is { } happens)
                await happens();
            return found;
        }

        public ValueTask<IReadOnlyList<ApiKey>> ListKeysAsync(BookName? book, CancellationToken cancellationToken) =>
            real.ListKeysAsync(book, cancellationToken);

        public ValueTask<bool> AddKeyAsync(ApiKey key, CancellationToken cancellationToken, Action? beforeStoring = null) =>
            real.AddKeyAsync(key, cancellationToken, beforeStoring);

        public ValueTask<ApiKey?> ChangeKeyAsync(
            BookName? book, KeyName name, Func<ApiKey, IReadOnlyList<ApiKey>, ApiKey?> change, CancellationToken cancellationToken) =>
            real.ChangeKeyAsync(book, name, change, cancellationToken);

        public ValueTask NoteUseAsync(BookName? book, KeyName name, Instant at, CancellationToken cancellationToken) =>
            real.NoteUseAsync(book, name, at, cancellationToken);

        public ValueTask<ApiKey?> RevokeKeyAsync(BookName? book, KeyName name, Instant at, CancellationToken cancellationToken) =>
            real.RevokeKeyAsync(book, name, at, cancellationToken);
    }

    /// <summary>Time passes when a test says so.</summary>
    sealed class ManualClock : TimeProvider
    {
        long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public void Pass(TimeSpan time) => now += time.Ticks;
    }
}
