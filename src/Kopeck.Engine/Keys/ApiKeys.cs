using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Kopeck.Engine.Storage;
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
    /// <summary>What the actors of tokens start with (docs/operate.md): no key is called so.</summary>
    public const string ReservedNames = "oidc.";

    /// <summary>What a key's text starts with, so that it is recognised where it does not belong.</summary>
    public const string Prefix = "kopeck_";

    const int SecretBytes = 32;
    const int ShortestToken = 20;
    const int LongestToken = 200;
    const int MaxRemembered = 10_000;

    // Well under the 5 s in which a revocation, or a key that another process made, takes effect on every node.
    static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(2);

    // To the minute: more would write more often than anybody looks.
    static readonly TimeSpan UseNotedFor = TimeSpan.FromMinutes(1);

    // An answer counts only while no key was revoked here since it was asked for: one that was on its way meanwhile may be from before.
    readonly ConcurrentDictionary<Digest, (ApiKey Key, long At, int Revocations)> remembered = new();

    // Tokens that are no key, apart from the keys: a flood of guesses does not push out who has a key.
    readonly ConcurrentDictionary<Digest, long> refused = new();

    // One look at the store for a token at a time, however many ask. One that began before a revocation here is not joined after it.
    readonly ConcurrentDictionary<(Digest Token, int Revocations), Lazy<Task<ApiKey?>>> looks = new();

    // When a use was last noted, or tried to be: a store that takes no writes is not asked with each request.
    readonly ConcurrentDictionary<Digest, long> noted = new();

    int revocations;

    /// <summary>How many answers are remembered.</summary>
    public int Remembered => remembered.Count + refused.Count;

    /// <summary>Whether a text may be a key at all: the store need not be asked about others.</summary>
    public static bool IsForm([NotNullWhen(true)] string? token) =>
        token?.Length is >= ShortestToken and <= LongestToken && token.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether a token was a valid key seconds ago: told without asking the store.</summary>
    public bool Knows(string token) => Recall(Digest.Of(Encoding.UTF8.GetBytes(token))) is not null;

    /// <summary>The valid key that a token is; null when it is none.</summary>
    public async ValueTask<ApiKey?> AuthenticateAsync(string token, CancellationToken cancellationToken)
    {
        if (!IsForm(token))
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
    public NewKey Make(BookName? book, KeyName name, Scopes scopes, KeyTerms? terms = null)
    {
        var (secret, digest) = MakeSecret();
        return new NewKey(secret, new ApiKey(book, name, digest, scopes, Now, null) { Terms = terms ?? KeyTerms.None });
    }

    /// <summary>Makes and stores a key; <see cref="ErrorCode.AlreadyExists"/> when the name is taken, also by a revoked key.</summary>
    public async ValueTask<(NewKey? Key, Rejection? Rejection)> CreateAsync(
        BookName? book, KeyName name, Scopes scopes, CancellationToken cancellationToken, KeyTerms? terms = null)
    {
        if (IsReserved(name))
            return (null, Reserved);
        var made = Make(book, name, scopes, terms);
        return await store.AddKeyAsync(made.Key, cancellationToken).ConfigureAwait(false)
            ? (made, null)
            : (null, Taken(name));
    }

    /// <summary>Why a key of this name could not be made, also by a revoked key; null when it could.</summary>
    public async ValueTask<Rejection?> FindTakenAsync(BookName? book, KeyName name, CancellationToken cancellationToken) =>
        IsReserved(name) ? Reserved
        : (await store.ListKeysAsync(book, cancellationToken).ConfigureAwait(false)).Any(key => key.Name == name) ? Taken(name) : null;

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
        Forget();
        return (key, null);
    }

    /// <summary>
    /// Changes until when, where from and how often a key may be used: at once on this node, within seconds on others. The last key that
    /// can manage what it belongs to gets no end.
    /// </summary>
    /// <param name="isDryRun">Whether it is only told what it would be.</param>
    public async ValueTask<(ApiKey? Key, Rejection? Rejection)> ChangeAsync(
        BookName? book, KeyName name, Func<KeyTerms, KeyTerms> change, bool isDryRun, CancellationToken cancellationToken)
    {
        ApiKey? asked = null;
        Rejection? locked = null;
        var key = await ChangeAsync(
            book,
            name,
            (found, all) =>
            {
                asked = found with { Terms = change(found.Terms) };
                locked = found.IsManaging && !asked.IsManaging && !all.Any(other => other.Name != name && other.IsManaging)
                    ? LastKey(book, name)
                    : null;
                return locked is null && !isDryRun ? asked : null;
            },
            cancellationToken).ConfigureAwait(false);
        return key is null ? (null, NoSuchKey(name)) : locked is not null ? (null, locked) : (asked, null);
    }

    /// <summary>
    /// Gives a key a new secret, which is told this once; the one before stays valid for a while, so that all who have it can be given the
    /// new one.
    /// </summary>
    /// <param name="overlap">For how long the secret before is valid; none ends it at once.</param>
    /// <param name="isDryRun">Whether it is only told what it would be.</param>
    public async ValueTask<(NewKey? Key, Rejection? Rejection)> RotateAsync(
        BookName? book, KeyName name, TimeSpan overlap, bool isDryRun, CancellationToken cancellationToken)
    {
        var (secret, digest) = MakeSecret();
        ApiKey? rotated = null;
        var key = await ChangeAsync(
            book,
            name,
            (found, _) =>
            {
                rotated = found.RevokedAt is null && (found.Terms.ExpiresAt is not { } end || Now < end)
                    ? found with { Digest = digest, OldDigest = found.Digest, OldUntil = Now.Plus(overlap) }
                    : null;
                return isDryRun ? null : rotated;
            },
            cancellationToken).ConfigureAwait(false);
        return key is null || rotated is null ? (null, NoSuchKey(name)) : (new NewKey(secret, rotated), null);
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
                && !keys.Any(key => key.Name != name && key.IsManaging);
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
            if (key is null || !key.IsValid(look.Token, Now))
            {
                remembered.TryRemove(look.Token, out _);
                Remember(refused, look.Token, at);
                return null;
            }

            Remember(remembered, look.Token, (key, at, look.Revocations));
            NoteUse(key, at);
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
            && time.GetElapsedTime(known.At) < RememberedFor
            && (known.Key is { Terms.ExpiresAt: null, OldUntil: null } || known.Key.IsValid(digest, Now)) ? known.Key : null;

    Instant Now => Instant.From(time.GetUtcNow());

    static (string Secret, Digest Digest) MakeSecret()
    {
        Span<byte> bytes = stackalloc byte[SecretBytes];
        RandomNumberGenerator.Fill(bytes);
        var secret = Prefix + Base64Url.EncodeToString(bytes);
        return (secret, Digest.Of(Encoding.UTF8.GetBytes(secret)));
    }

    async ValueTask<ApiKey?> ChangeAsync(
        BookName? book, KeyName name, Func<ApiKey, IReadOnlyList<ApiKey>, ApiKey?> change, CancellationToken cancellationToken)
    {
        var key = await store.ChangeKeyAsync(book, name, change, cancellationToken).ConfigureAwait(false);
        Forget();
        return key;
    }

    void Forget()
    {
        Interlocked.Increment(ref revocations);
        remembered.Clear();
    }

    // Nobody waits for it, and nothing depends on it.
    void NoteUse(ApiKey key, long at)
    {
        if (key.LastUsedAt is { } last && Now < last.Plus(UseNotedFor))
            return;
        if (noted.TryGetValue(key.Digest, out var tried) && time.GetElapsedTime(tried) < UseNotedFor)
            return;
        Remember(noted, key.Digest, at);
        _ = NoteUseAsync(key);
    }

    async Task NoteUseAsync(ApiKey key)
    {
        try
        {
            await store.NoteUseAsync(key.Book, key.Name, Now, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is StorageUnavailableException or ObjectDisposedException)
        {
            // It is noted another time.
        }
    }

    static void Remember<T>(ConcurrentDictionary<Digest, T> answers, Digest digest, T answer)
    {
        if (answers.Count >= MaxRemembered)
            answers.Clear();
        answers[digest] = answer;
    }

    static bool IsReserved(KeyName name) => name.Value.StartsWith(ReservedNames, StringComparison.OrdinalIgnoreCase);

    static Rejection Reserved => Rejection.InvalidFields(
        new FieldProblem("/name", new FieldError("bad_value", $"Names that start with {ReservedNames} are those of tokens' subjects")));

    static Rejection Taken(KeyName name) => new(ErrorCode.AlreadyExists, $"There is or was a key {name}: choose another name");

    static Rejection NoSuchKey(KeyName name) => new(ErrorCode.NotFound, $"There is no key {name}");

    static Rejection LastKey(BookName? book, KeyName name) =>
        new(
            ErrorCode.Forbidden,
            $"{name} is the last key that can manage {(book is { } owner ? $"book {owner}" : "books")}: make another one first");
}
