using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Engine.Keys;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Calls;

/// <summary>Asks to make an API key of the book.</summary>
public sealed record CreateKeyRequest : KeyTermsRequest
{
    static readonly Call Definition = new Call<CreateKeyRequest, KeyAnswer>(
        "POST", "/v1/keys", "Makes an API key; its secret is shown this once", RunAsync)
    {
        Scope = Ledger.Commands.Scopes.Admin,
        BodyKind = BodyKind.Json,
        BodyName = "CreateKey",
        Success = 201,
        AnswerSchema = "NewKey",
        Body = take =>
        [
            take.Text<KeyName>(
                "name", "The key's name: the actor of what it does", r => r.Name, (r, name) => r.Name = name, isRequired: true),
            new ScopesInput(),
            .. Inputs(take),
        ],
    };

    /// <summary>The actor of what it does.</summary>
    public LedgerText<KeyName> Name { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    /// <summary>Words: <c>read</c>, <c>transfer</c>, <c>cash</c>, <c>quotes</c>, <c>admin</c>.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = [];

    static async ValueTask<Result<KeyAnswer>> RunAsync(CallContext context, CreateKeyRequest request)
    {
        var name = request.Name.Value;
        var scopes = request.Scopes.Aggregate(Ledger.Commands.Scopes.None, (sum, scope) => sum | ScopeNames.Parse(scope));
        if (request.CheckEnd(context.Now) is { } wrongEnd)
            return wrongEnd;
        var terms = request.Change(KeyTerms.None);
        if (request.DryRun)
        {
            var taken = await context.Api.Keys.FindTakenAsync(context.Book, name, context.Cancelled).ConfigureAwait(false);
            if (taken is not null)
                return taken;
            var answer = KeyAnswer.Of(context.Api.Keys.Make(context.Book, name, scopes, terms).Key);
            return Result<KeyAnswer>.Of(answer) with { IsDryRun = true };
        }

        var (created, rejection) = await context.Api.Keys.CreateAsync(
            context.Book, name, scopes, CancellationToken.None, terms).ConfigureAwait(false);
        return rejection is not null ? rejection : KeyAnswer.Of(created!.Key, created.Secret);
    }
}
