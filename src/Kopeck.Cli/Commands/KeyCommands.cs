using System.Text.Json;
using Kopeck.Api.Answers;
using Kopeck.Cli.Settings;
using Kopeck.Engine.Keys;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Tokens;

namespace Kopeck.Cli.Commands;

/// <summary><c>kopeck keys</c>: API keys of a book, or the operator's.</summary>
static class KeyCommands
{
    const int MostOverlapHours = 30 * 24;

    public static async Task<int> CreateAsync(
        ProgramSettings settings, string name, string[] scopeNames, string book, bool isOperator, KeyTermsArguments terms)
    {
        if (!KeyName.TryParse(name, out var keyName, out var error))
            throw new UsageException($"The name {name}: {error.Detail}");
        if (!ScopeNames.TryParse(string.Join(',', scopeNames), out var scopes) || isOperator != (scopes == Scopes.None))
            throw new UsageException(
                isOperator
                    ? "An operator's key has no scopes"
                    : $"Give --scopes from {string.Join(", ", ScopeNames.All)}, separated by commas");
        await using var session = await Session.OpenAsync(settings);
        BookName? owner = isOperator ? null : await session.RequireBookAsync(book);
        var (made, rejection) = await session.Keys.CreateAsync(
            owner, keyName, scopes, CancellationToken.None, terms.Read(KeyTerms.None, TimeProvider.System));
        if (rejection is not null)
            return Fail(rejection.Detail);
        session.Security.KeyMade(Session.Actor, made!.Key);
        return Show(made);
    }

    public static async Task<int> ChangeAsync(
        ProgramSettings settings, string name, string book, bool isOperator, KeyTermsArguments terms)
    {
        var keyName = Name(name);
        await using var session = await Session.OpenAsync(settings);
        BookName? owner = isOperator ? null : await session.RequireBookAsync(book);
        var (changed, rejection) = await session.Keys.ChangeAsync(
            owner, keyName, before => terms.Read(before, TimeProvider.System), isDryRun: false, CancellationToken.None);
        if (rejection is not null)
            return Fail(rejection.Detail);
        session.Security.KeyChanged(Session.Actor, changed!);
        Console.Out.WriteLine($"{name} is changed; servers go by it within seconds");
        return ExitCodes.Done;
    }

    public static async Task<int> RotateAsync(ProgramSettings settings, string name, string book, bool isOperator, int overlapHours)
    {
        var keyName = Name(name);
        if (overlapHours is < 0 or > MostOverlapHours)
            throw new UsageException($"--overlap-hours is {overlapHours}: use 0 to {MostOverlapHours}");
        await using var session = await Session.OpenAsync(settings);
        BookName? owner = isOperator ? null : await session.RequireBookAsync(book);
        var (made, rejection) = await session.Keys.RotateAsync(
            owner, keyName, TimeSpan.FromHours(overlapHours), isDryRun: false, CancellationToken.None);
        if (rejection is not null)
            return Fail(rejection.Detail);
        session.Security.KeyRotated(Session.Actor, made!.Key);
        return Show(made);
    }

    static KeyName Name(string name) =>
        KeyName.TryParse(name, out var keyName, out var error) ? keyName : throw new UsageException($"The name {name}: {error.Detail}");

    static int Show(NewKey made)
    {
        Console.Out.WriteLine(made.Secret);
        Console.Error.WriteLine("It is shown this once: keep it in a safe place");
        return ExitCodes.Done;
    }

    public static async Task<int> ListAsync(ProgramSettings settings, string book, bool isOperator, bool isJson)
    {
        await using var session = await Session.OpenAsync(settings);
        BookName? owner = isOperator ? null : await session.RequireBookAsync(book);
        var keys = await session.Keys.ListAsync(owner, CancellationToken.None);
        if (isJson)
        {
            Output.Json(json =>
            {
                json.WriteStartArray("items");
                foreach (var key in keys)
                    WriteKey(json, key);
                json.WriteEndArray();
            });
            return ExitCodes.Done;
        }

        Output.Table(
            isJson: false,
            ["name", "scopes", "createdAt", "revokedAt", "expiresAt", "lastUsedAt", "allowedNetworks", "rateLimit"],
            keys.Select(
                key =>
                    new[]
                    {
                        key.Name.Value,
                        owner is null ? "operator" : ScopeNames.Write(key.Scopes),
                        key.CreatedAt.ToString(),
                        key.RevokedAt?.ToString() ?? "",
                        key.Terms.ExpiresAt?.ToString() ?? "",
                        key.LastUsedAt?.ToString() ?? "",
                        key.Terms.Networks?.ToString() ?? "",
                        key.Terms.RateLimit is { } limit ? Output.Text(limit) : "",
                    }));
        return ExitCodes.Done;
    }

    // As `GET /v1/keys` answers it.
    static void WriteKey(Utf8JsonWriter json, ApiKey key) => KeyAnswer.Of(key).WriteJson(json);

    public static async Task<int> RevokeAsync(ProgramSettings settings, string name, string book, bool isOperator)
    {
        if (!KeyName.TryParse(name, out var keyName, out var error))
            throw new UsageException($"The name {name}: {error.Detail}");
        await using var session = await Session.OpenAsync(settings);
        BookName? owner = isOperator ? null : await session.RequireBookAsync(book);
        var (revoked, rejection) = await session.Keys.RevokeAsync(owner, keyName, CancellationToken.None);
        if (rejection is not null)
            return Fail(rejection.Detail);
        session.Security.KeyRevoked(Session.Actor, revoked!);
        Console.Out.WriteLine($"{name} is revoked; servers refuse it within seconds");
        return ExitCodes.Done;
    }

    /// <summary>Who of an identity provider's people an actor of the journal is can be told by trying them.</summary>
    public static async Task<int> TellActorAsync(ProgramSettings settings, string issuer, string subject, string book)
    {
        await using var session = await Session.OpenAsync(settings);
        var row = await session.Store.FindBookAsync(await session.RequireBookAsync(book), CancellationToken.None);
        Console.Out.WriteLine(TokenActor.Of(row!.Secret, issuer, subject));
        return ExitCodes.Done;
    }

    static int Fail(string reason)
    {
        Console.Error.WriteLine(reason);
        return ExitCodes.Failed;
    }
}
