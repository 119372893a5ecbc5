using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Kopeck.Embedded.Inputs;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Embedded;

public sealed partial class KopeckLedger
{
    const int MaxItems = 10_000;
    const int MaxTogether = 2_000;
    const int MaxUnanswered = 2;

    /// <summary>Money comes in from outside.</summary>
    [LedgerCall("POST", "/v1/deposits")]
    public ValueTask<LedgerResult<Operation>> DepositAsync(DepositRequest request) => MoveAsync(request);

    /// <summary>Money goes out.</summary>
    [LedgerCall("POST", "/v1/withdrawals")]
    public ValueTask<LedgerResult<Operation>> WithdrawAsync(WithdrawalRequest request) => MoveAsync(request);

    /// <summary>Money moves between wallets, converted where the currencies differ.</summary>
    [LedgerCall("POST", "/v1/transfers")]
    public ValueTask<LedgerResult<Operation>> TransferAsync(TransferRequest request) => MoveAsync(request);

    /// <summary>Money moves in several legs, all or none.</summary>
    [LedgerCall("POST", "/v1/postings")]
    public ValueTask<LedgerResult<Operation>> PostAsync(PostingRequest request) => MoveAsync(request);

    /// <summary>Does up to 10,000 requests, each for itself or all or none. The batch needs a key, of which keys of its items are made.</summary>
    [LedgerCall("POST", "/v1/batches")]
    public async ValueTask<LedgerResult<IReadOnlyList<Outcome>>> SubmitBatchAsync(BatchRequest request)
    {
        IdempotencyKey? key = null;
        if ((Forbid(Scopes.None) ?? ReadKey(request, isNeeded: true, out key)) is { } refusal)
            return new LedgerResult<IReadOnlyList<Outcome>>(refusal);
        if (request.Operations.Count is 0 or > MaxItems)
        {
            var error = request.Operations.Count == 0 ? new FieldError("empty", "operations has at least one item") : new FieldError("too_many", $"operations has at most {MaxItems} items, got {request.Operations.Count}");
            return new LedgerResult<IReadOnlyList<Outcome>>(Rejection.InvalidFields(new FieldProblem("/operations", error)));
        }

        var batch = await engine.SubmitBatchAsync(Caller, [.. request.Operations.Select(ReadItem)], request.Atomic, request.DryRun, key).ConfigureAwait(false);
        if (batch.Rejection is { } rejection)
            return new LedgerResult<IReadOnlyList<Outcome>>(rejection);
        var accepted = batch.Outcomes.Where(outcome => outcome.IsAccepted).ToList();
        return new LedgerResult<IReadOnlyList<Outcome>>(batch.Outcomes) { IsReplay = accepted.Count > 0 && accepted.All(outcome => outcome.IsReplay), IsDryRun = request.DryRun };
    }

    /// <summary>
    /// Does any number of requests, each with its own key, each for itself; answers each in order as soon as it is durable. Thousands are
    /// under way at once; where the outcomes are not taken, no more requests are taken either.
    /// </summary>
    /// <exception cref="LedgerException">The caller may do nothing in the book.</exception>
    [LedgerCall("kopeck.v1.OperationService.Submit")]
    public async IAsyncEnumerable<Outcome> SubmitAsync(IAsyncEnumerable<MoneyRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Forbid(Scopes.None) is { } forbidden)
            throw new LedgerException(forbidden);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var submitted = Channel.CreateBounded<Task<BatchOutcome>>(new BoundedChannelOptions(MaxUnanswered) { SingleReader = true, SingleWriter = true });
        var feeding = Task.Run(() => FeedAsync(requests, submitted.Writer, ending.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in submitted.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var outcome in (await batch.ConfigureAwait(false)).Outcomes)
                    yield return outcome;
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            // Its failure was told by the channel; what it handed over is done.
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Hands over what is there, at most so much together; while it is done, the next gathers.</summary>
    async Task FeedAsync(IAsyncEnumerable<MoneyRequest> requests, ChannelWriter<Task<BatchOutcome>> submitted, CancellationToken cancellationToken)
    {
        var items = new List<Request>();
        try
        {
            await using var source = requests.GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                var next = source.MoveNextAsync();
                if (items.Count >= MaxTogether || (items.Count > 0 && !next.IsCompleted))
                    await HandOverAsync().ConfigureAwait(false);
                if (!await next.ConfigureAwait(false))
                    break;
                items.Add(ReadItem(source.Current));
            }

            if (items.Count > 0)
                await HandOverAsync().ConfigureAwait(false);
            submitted.TryComplete();
        }
        catch (Exception exception)
        {
            submitted.TryComplete(exception);
        }

        async ValueTask HandOverAsync()
        {
            var batch = items;
            items = [];
            if (await submitted.WaitToWriteAsync(cancellationToken).ConfigureAwait(false))
                await submitted.WriteAsync(engine.SubmitBatchAsync(Caller, batch, atomic: false).AsTask(), cancellationToken).ConfigureAwait(false);
        }
    }

    ValueTask<LedgerResult<Operation>> MoveAsync(MoneyRequest request) => ChangeAsync(request.Scope, request, request.Read, outcome => outcome.Answer, needsKey: true);

    /// <summary>What is wrong with an item becomes its refusal.</summary>
    static Request ReadItem(MoneyRequest item)
    {
        var input = new InputReader();
        var key = input.OptionalField<IdempotencyKey>("key", item.Key);
        var command = item.Read(input);
        return input.Refusal is { } refusal ? new Request { Refusal = refusal } : new Request { Command = command, Key = key };
    }
}
