using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;

namespace Kopeck.Api.Calls;

/// <summary>Asks for a hold, now or at a point in its history.</summary>
public sealed record GetHoldRequest : CallRequest<HoldAnswer>
{
    static readonly Call Definition = new Call<GetHoldRequest, HoldAnswer>(
        "GET", "/v1/holds/{id}", "A hold, now or at a point in its history", RunAsync)
    {
        Scope = Scopes.Read,
        AnswerSchema = "Hold",
        In = take => [take.PathId(r => r.Id, (r, id) => r.Id = id)],
        Query = take =>
        [
            take.QueryPoint(Describe.At, r => r.At, (r, at) => r.At = at),
        ],
    };

    /// <summary>The hold.</summary>
    public LedgerId Id { get; set; }

    /// <summary>As that journal number left it, or as of an instant in the past; now if left out.</summary>
    public LedgerPoint At { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<HoldAnswer>> RunAsync(CallContext context, GetHoldRequest request)
    {
        var (at, refusal) = await context.FindAsync(request.At.Point).ConfigureAwait(false);
        if (refusal is not null)
            return refusal;
        var (hold, _) = await context.Reader.GetHoldAsync(context.Book, request.Id.Number, at, context.Cancelled).ConfigureAwait(false);
        return hold is null ? Refusals.NotFound("hold", request.Id.ToString()) : HoldAnswer.Of(hold);
    }
}
