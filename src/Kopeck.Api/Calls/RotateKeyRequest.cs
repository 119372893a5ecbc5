using Kopeck.Api.Answers;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Calls;

/// <summary>Asks to give an API key of the book a new secret, beside which the one before is valid for a while.</summary>
public sealed record RotateKeyRequest : CallRequest<KeyAnswer>
{
    /// <summary>For how long the secret before is valid unless said, in seconds: a day.</summary>
    public const long UsualOverlapSeconds = 86_400;

    static readonly Call Definition = new Call<RotateKeyRequest, KeyAnswer>(
        "POST", "/v1/keys/{name}/rotate", "Gives an API key a new secret, shown this once; the one before stays valid for a while", RunAsync)
    {
        Scope = Scopes.Admin,
        BodyKind = BodyKind.Json,
        BodyName = "RotateKey",
        AnswerSchema = "NewKey",
        In = take => [take.PathText("name", FieldTypes.KeyName, r => r.Name, (r, name) => r.Name = name)],
        Body = take =>
        [
            take.WholeNumber(
                "overlapSeconds",
                "For how long the secret before is valid: 0 to 2592000; a day if left out",
                FieldTypes.KeyOverlapSeconds,
                r => r.OverlapSeconds,
                (r, seconds) => r.OverlapSeconds = seconds),
        ],
    };

    /// <summary>The key.</summary>
    public string? Name { get; set; }

    /// <summary>For how long the secret before is valid; a day if null.</summary>
    public long? OverlapSeconds { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<KeyAnswer>> RunAsync(CallContext context, RotateKeyRequest request)
    {
        if (!KeyName.TryParse(request.Name, out var name, out _))
            return Refusals.NotFound("key", request.Name ?? "");
        var (rotated, rejection) = await context.Api.Keys.RotateAsync(
            context.Book, name, TimeSpan.FromSeconds(request.OverlapSeconds ?? UsualOverlapSeconds), request.DryRun,
            CancellationToken.None).ConfigureAwait(false);
        if (rejection is not null)
            return rejection;
        var answer = KeyAnswer.Of(rotated!.Key, request.DryRun ? null : rotated.Secret);
        return Result<KeyAnswer>.Of(answer) with { IsDryRun = request.DryRun };
    }
}
