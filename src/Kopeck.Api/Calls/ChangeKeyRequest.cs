using Kopeck.Api.Answers;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Calls;

/// <summary>Asks to change until when, where from and how often an API key of the book may be used: what is left out stays.</summary>
public sealed record ChangeKeyRequest : KeyTermsRequest
{
    static readonly Call Definition = new Call<ChangeKeyRequest, KeyAnswer>(
        "PATCH", "/v1/keys/{name}", "Changes until when, where from and how often an API key may be used, within seconds on every node",
        RunAsync)
    {
        Scope = Scopes.Admin,
        BodyKind = BodyKind.Json,
        BodyName = "ChangeKey",
        AnswerSchema = "Key",
        In = take => [take.PathText("name", FieldTypes.KeyName, r => r.Name, (r, name) => r.Name = name)],
        Body = take => Inputs(take),
    };

    /// <summary>The key.</summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<KeyAnswer>> RunAsync(CallContext context, ChangeKeyRequest request)
    {
        if (!KeyName.TryParse(request.Name, out var name, out _))
            return Refusals.NotFound("key", request.Name ?? "");
        if (request.CheckEnd(context.Now) is { } wrongEnd)
            return wrongEnd;
        var (changed, rejection) = await context.Api.Keys.ChangeAsync(
            context.Book, name, request.Change, request.DryRun, CancellationToken.None).ConfigureAwait(false);
        return rejection is not null ? rejection : Result<KeyAnswer>.Of(KeyAnswer.Of(changed!)) with { IsDryRun = request.DryRun };
    }
}
