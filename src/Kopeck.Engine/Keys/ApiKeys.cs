using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Keys;

/// <summary>
/// API keys: 32 random bytes as text, of which only the SHA-256 digest is stored. Answers, also that a token is no key, are remembered for
/// seconds only, so that a new key and a revocation take effect on every node.
/// </summary>
public sealed class ApiKeys(IKeyStore store, TimeProvider time)
{
    /// <summary>What a key's text starts with, so that it is recognised where it does not belong.</summary>
    public const string Prefix = "kopeck_";

    const int SecretBytes = 32;
    const int MaxRemembered = 10_000;

    // Well under the 5 s in which a revocation, or a key that another process made, takes effect on every node.
    static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(2);

    // An answer counts only while no key was revoked here since it was asked for: one that was on its way meanwhile may be from before.
    readonly ConcurrentDictionary<Digest, (ApiKey Key, long At, int Revocations)> remembered = new();

    // Tokens that are no key, apart from the keys: a flood of guesses does not push out who has a key.
    readonly ConcurrentDictionary<Digest, long> refused = new();

    // One look at the store for a token at a time, however many ask. One that began before a revocation here is not joined after it.
    readonly ConcurrentDictionary<(Digest Token, int Revocations), Lazy<Task<ApiKey?>>> looks = new();

    int revocations;

    /// <summary>How many answers are remembered.</summary>
    public int Remembered => remembered.Count + refused.Count;

    /// <summary>Whether a token was a valid key seconds ago: told without asking the store.</summary>
    public bool Knows(string token) => Recall(Digest.Of(Encoding.UTF8.GetBytes(token))) is not null;

    /// <summary>The valid key that a token is; null when it is none.</summary>
    public async ValueTask<ApiKey?> AuthenticateAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length is < 20 or > 200 || !token.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var digest = Digest.Of(Encoding.UTF8.GetBytes(token));
        if (Recall(digest) is { } known)
            return known;
        if (refused.TryGetValue(digest, out var refusedAt) && time.GetElapsedTime(refusedAt) < RememberedFor)
            return null;
        var look = looks.GetOrAdd(
            (digest, Volatile.Read(ref revocations)), static (look, keys) => new Lazy<Task<ApiKey?>>(() => keys.LookAsync(look)), this);
        var key = await look.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        // Those who waited together do not go on one after another, on the thread that brought the answer.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return key;
    }

    /// <summary>A key that is not stored yet.</summary>
    /// <param name="book">Null for the operator's.</param>
    public NewKey Make(BookName? book, KeyName name, Scopes scopes)
    {
        Span<byte> bytes = stackalloc byte[SecretBytes];
        RandomNumberGenerator.Fill(bytes);
        var secret = Prefix + Base64Url.EncodeToString(bytes);
        return new NewKey(
            secret, new ApiKey(book, name, Digest.Of(Encoding.UTF8.GetBytes(secret)), scopes, Instant.From(time.GetUtcNow()), null));
    }

    /// <summary>Makes and stores a key; <see cref="ErrorCode.AlreadyExists"/> when the name is taken, also by a revoked key.</summary>
    public async ValueTask<(NewKey? Key, Rejection? Rejection)> CreateAsync(
        BookName? book, KeyName name, Scopes scopes, CancellationToken cancellationToken)
    {
        var made = Make(book, name, scopes);
        return await store.AddKeyAsync(made.Key, cancellationToken).ConfigureAwait(false)
            ? (made, null)
            : (null, Taken(name));
    }

    /// <summary>Why a key of this name could not be made, also by a revoked key; null when it could.</summary>
    public async ValueTask<Rejection?> FindTakenAsync(BookName? book, KeyName name, CancellationToken cancellationToken) =>
        (await store.ListKeysAsync(book, cancellationToken).ConfigureAwait(false)).Any(key => key.Name == name) ? Taken(name) : null;

    /// <summary>
    /// Revokes a key: at once on this node, within seconds on others. The last administrator's key of a book stays, so that nobody locks
    /// himself out.
    /// </summary>
    public async ValueTask<(ApiKey? Key, Rejection? Rejection)> RevokeAsync(
        BookName? book, KeyName name, CancellationToken cancellationToken)
    {
        if (await store.RevokeKeyAsync(book, name, Instant.From(time.GetUtcNow()), cancellationToken).ConfigureAwait(false) is not { } key)
            return (null, NoSuchKey(name));
        if (key.RevokedAt is null)
            return (null, LastKey(book, name));
        Interlocked.Increment(ref revocations);
        remembered.Clear();
        return (key, null);
    }

    /// <summary>
    /// The key that a revocation would revoke, as it is, or why it would not: there is none, or it is the last administrator's.
    /// </summary>
    public async ValueTask<(ApiKey? Key, Rejection? Rejection)> DecideRevocationAsync(
        BookName? book, KeyName name, CancellationToken cancellationToken)
    {
        var keys = await store.ListKeysAsync(book, cancellationToken).ConfigureAwait(false);
        if (keys.FirstOrDefault(key => key.Name == name) is not { } found)
            return (null, NoSuchKey(name));
        var isLast =
            found.RevokedAt is null
                && found.Scopes == (book is null ? Scopes.None : Scopes.Admin)
                && !keys.Any(key => key.Name != name && key.RevokedAt is null && key.Scopes == found.Scopes);
        return isLast ? (null, LastKey(book, name)) : (found, null);
    }

    /// <summary>The keys of a book, or the operator's for null, revoked ones too, by name.</summary>
    public ValueTask<IReadOnlyList<ApiKey>> ListAsync(BookName? book, CancellationToken cancellationToken) =>
        store.ListKeysAsync(book, cancellationToken);

    async Task<ApiKey?> LookAsync((Digest Token, int Revocations) look)
    {
        try
        {
            var at = time.GetTimestamp();
            var key = await store.FindKeyAsync(look.Token, CancellationToken.None).ConfigureAwait(false);
            if (key is null || key.RevokedAt is not null)
            {
                remembered.TryRemove(look.Token, out _);
                Remember(refused, look.Token, at);
                return null;
            }

            Remember(remembered, look.Token, (key, at, look.Revocations));
            return key;
        }
        finally
        {
            looks.TryRemove(look, out _);
        }
    }

    ApiKey? Recall(Digest digest) =>
        remembered.TryGetValue(digest, out var known)
            && known.Revocations == Volatile.Read(ref revocations)
            && time.GetElapsedTime(known.At) < RememberedFor ? known.Key : null;

    static void Remember<T>(ConcurrentDictionary<Digest, T> answers, Digest digest, T answer)
    {
        if (answers.Count >= MaxRemembered)
            answers.Clear();
        answers[digest] = answer;
    }

    static Rejection Taken(KeyName name) => new(ErrorCode.AlreadyExists, $"There is or was a key {name}: choose another name");

    static Rejection NoSuchKey(KeyName name) => new(ErrorCode.NotFound, $"There is no key {name}");

    static Rejection LastKey(BookName? book, KeyName name) =>
        new(
            ErrorCode.Forbidden,
            $"{name} is the last key that can manage {(book is { } owner ? $"book {owner}" : "books")}: make another one first");
}
