using Kopeck.Api.Answers;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Calls;

/// <summary>Asks to revoke an API key of the book.</summary>
public sealed record RevokeKeyRequest : CallRequest<KeyAnswer>
{
    static readonly Call Definition = new Call<RevokeKeyRequest, KeyAnswer>(
        "DELETE", "/v1/keys/{name}", "Revokes an API key, within seconds on every node", RunAsync)
    {
        Scope = Scopes.Admin,
        BodyKind = BodyKind.Empty,
        AnswerSchema = "Key",
        In = take => [take.PathText("name", FieldTypes.KeyName, r => r.Name, (r, name) => r.Name = name)],
    };

    /// <summary>The key.</summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<KeyAnswer>> RunAsync(CallContext context, RevokeKeyRequest request)
    {
        if (!KeyName.TryParse(request.Name, out var name, out _))
            return Refusals.NotFound("key", request.Name ?? "");
        var (revoked, rejection) = request.DryRun
            ? await context.Api.Keys.DecideRevocationAsync(context.Book, name, context.Cancelled).ConfigureAwait(false)
            : await context.Api.Keys.RevokeAsync(context.Book, name, CancellationToken.None).ConfigureAwait(false);
        return rejection is not null ? rejection : KeyAnswer.Of(revoked!);
    }
}
