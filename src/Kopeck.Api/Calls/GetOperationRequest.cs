using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks for an operation, with what was reversed of it, now or at a point in its history.</summary>
public sealed record GetOperationRequest : CallRequest<OperationAnswer>
{
    static readonly Call Definition = new Call<GetOperationRequest, OperationAnswer>("GET", "/v1/operations/{id}", "An operation", RunAsync)
    {
        Scope = Scopes.Read,
        AnswerSchema = "Operation",
        In = take => [take.PathId(r => r.Id, (r, id) => r.Id = id)],
        Query = take =>
        [
            take.QueryPoint(
                "What was reversed of it as that journal number left it, or as of an instant in the past", r => r.At, (r, at) => r.At = at),
        ],
    };

    // A reversal has a leg at least, so there are at most as many.
    const int MostReversals = 1_000;

    /// <summary>The operation.</summary>
    public LedgerId Id { get; set; }

    /// <summary>What was reversed of it as that journal number left it, or as of an instant in the past; now if left out.</summary>
    public LedgerPoint At { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<OperationAnswer>> RunAsync(CallContext context, GetOperationRequest request)
    {
        var (at, refusal) = await context.FindAsync(request.At.Point).ConfigureAwait(false);
        if (refusal is not null)
            return refusal;
        var operation = request.Id.Number > (at ?? long.MaxValue)
            ? null
            : await context.Reader.GetOperationAsync(context.Book, request.Id.Number, context.Cancelled).ConfigureAwait(false);
        return operation is null
            ? Refusals.NotFound("operation", request.Id.ToString())
            : await TellAsync(context, operation, at).ConfigureAwait(false);
    }

    static async ValueTask<OperationAnswer> TellAsync(CallContext context, Operation operation, long? at)
    {
        if (operation.Body is HoldBody body)
        {
            // As the answer of the call told it.
            var (hold, _) = await context.Reader.GetHoldAsync(
                context.Book, body.Change.Hold, operation.Number, context.Cancelled).ConfigureAwait(false);
            return OperationAnswer.Of(operation, hold, await ReversalsAsync(context, operation, at).ConfigureAwait(false));
        }

        return OperationAnswer.Of(operation, null, await ReversalsAsync(context, operation, at).ConfigureAwait(false));
    }

    static async ValueTask<ReversalsOf?> ReversalsAsync(CallContext context, Operation operation, long? at) =>
        KindList.Of(operation.Kind).MovesMoney
            ? (await context.Reader.GetReversalsAsync(
                context.Book, [operation], at, MostReversals, context.Cancelled).ConfigureAwait(false)).GetValueOrDefault(operation.Number)
            : null;
}
