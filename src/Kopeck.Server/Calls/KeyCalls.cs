using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Answers;
using Kopeck.Server.Bodies;

namespace Kopeck.Server.Calls;

/// <summary>The API keys of a book.</summary>
static class KeyCalls
{
    static readonly Shape Body = new("CreateKey",
    [
        Member.Of(Tables.ApiKeys.Name) with { Description = "The key's name: the actor of what it does" },
        new Member("scopes", MemberKind.Choices, "What the key may do; admin includes all") { IsRequired = true, Words = ScopeNames.All, MaxItems = 5 },
    ]);

    public static IEnumerable<Call> All =>
    [
        new("GET", "/v1/keys", "Lists the book's API keys, without their secrets", ListAsync) { Scope = Scopes.Admin, AnswerSchema = "KeyList" },
        new("POST", "/v1/keys", "Makes an API key; its secret is shown this once", CreateAsync) { Scope = Scopes.Admin, BodyKind = BodyKind.Json, Body = Body, Success = 201, AnswerSchema = "NewKey" },
        new("DELETE", "/v1/keys/{name}", "Revokes an API key, within seconds on every node", RevokeAsync) { Scope = Scopes.Admin, BodyKind = BodyKind.Empty, AnswerSchema = "Key" },
    ];

    static async ValueTask<Answer> ListAsync(CallContext context)
    {
        var keys = await context.Keys.ListAsync(context.Book, context.Cancelled);
        return CallContext.List(keys, key => new KeyContent(key));
    }

    static async ValueTask<Answer> CreateAsync(CallContext context)
    {
        var name = KeyName.Parse(context.Body.Text("name"));
        var scopes = context.Body.Texts("scopes").Aggregate(Scopes.None, (sum, scope) => sum | ScopeNames.Parse(scope));
        if (context.Query.IsDryRun)
        {
            var isTaken = (await context.Keys.ListAsync(context.Book, context.Cancelled)).Any(key => key.Name == name);
            return isTaken
                ? Answer.Reject(ErrorCode.AlreadyExists, $"There is or was a key {name}: choose another name")
                : Answer.Of(201, new KeyContent(context.Keys.Make(context.Book, name, scopes).Key));
        }

        var (created, rejection) = await context.Keys.CreateAsync(context.Book, name, scopes, CancellationToken.None);
        return rejection is not null ? Answer.Reject(rejection) : Answer.Of(201, new KeyContent(created!.Key, created.Secret));
    }

    static async ValueTask<Answer> RevokeAsync(CallContext context)
    {
        if (!KeyName.TryParse(context.Path[0], out var name, out _))
            return context.NotFound("key");
        var (revoked, rejection) = context.Query.IsDryRun
            ? await context.Keys.DecideRevocationAsync(context.Book, name, context.Cancelled)
            : await context.Keys.RevokeAsync(context.Book, name, CancellationToken.None);
        return rejection is not null ? Answer.Reject(rejection) : Answer.Of(200, new KeyContent(revoked!));
    }
}
