using System.Text.Json;
using Kopeck.Cli.Settings;
using Kopeck.Engine.Keys;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;

namespace Kopeck.Cli.Commands;

/// <summary><c>kopeck keys</c>: API keys of a book, or the operator's.</summary>
static class KeyCommands
{
    public static async Task<int> CreateAsync(ProgramSettings settings, string name, string[] scopeNames, string book, bool isOperator)
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
        var (made, rejection) = await session.Keys.CreateAsync(owner, keyName, scopes, CancellationToken.None);
        if (rejection is not null)
            return Fail(rejection.Detail);
        Console.Out.WriteLine(made!.Secret);
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
            ["name", "scopes", "createdAt", "revokedAt"],
            keys.Select(
                key =>
                    new[]
                    {
                        key.Name.Value,
                        owner is null ? "operator" : ScopeNames.Write(key.Scopes),
                        key.CreatedAt.ToString(),
                        key.RevokedAt?.ToString() ?? ""
                    }));
        return ExitCodes.Done;
    }

    // As `GET /v1/keys` answers it.
    static void WriteKey(Utf8JsonWriter json, ApiKey key)
    {
        json.WriteStartObject();
        json.WriteString("name", key.Name.Value);
        json.WriteStartArray("scopes");
        foreach (var scope in key.Scopes == Scopes.None ? [] : ScopeNames.Write(key.Scopes).Split(','))
            json.WriteStringValue(scope);
        json.WriteEndArray();
        json.WriteString("createdAt", key.CreatedAt.ToString());
        if (key.RevokedAt is { } revoked)
            json.WriteString("revokedAt", revoked.ToString());
        else
            json.WriteNull("revokedAt");
        json.WriteEndObject();
    }

    public static async Task<int> RevokeAsync(ProgramSettings settings, string name, string book, bool isOperator)
    {
        if (!KeyName.TryParse(name, out var keyName, out var error))
            throw new UsageException($"The name {name}: {error.Detail}");
        await using var session = await Session.OpenAsync(settings);
        BookName? owner = isOperator ? null : await session.RequireBookAsync(book);
        var (_, rejection) = await session.Keys.RevokeAsync(owner, keyName, CancellationToken.None);
        if (rejection is not null)
            return Fail(rejection.Detail);
        Console.Out.WriteLine($"{name} is revoked; servers refuse it within seconds");
        return ExitCodes.Done;
    }

    static int Fail(string reason)
    {
        Console.Error.WriteLine(reason);
        return ExitCodes.Failed;
    }
}
