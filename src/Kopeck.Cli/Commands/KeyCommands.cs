using Kopeck.Cli.Settings;
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
            throw new UsageException(isOperator ? "An operator's key has no scopes" : $"Give --scopes from {string.Join(", ", ScopeNames.All)}, separated by commas");
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
        Output.Table(
            isJson,
            ["name", "scopes", "createdAt", "revokedAt"],
            keys.Select(key => new[] { key.Name.Value, owner is null ? "operator" : ScopeNames.Write(key.Scopes), key.CreatedAt.ToString(), key.RevokedAt?.ToString() ?? "" }));
        return ExitCodes.Done;
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
