using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;
using Kopeck.Api.Values;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks for a list of operations.</summary>
public sealed record ListOperationsRequest : ListRequest<OperationAnswer>
{
    static readonly Words<OperationKind> Kinds = new([.. Enum.GetValues<OperationKind>().Select(kind => (kind.Name(), kind))]);

    static readonly Call Definition = new Call<ListOperationsRequest, ListAnswer<OperationAnswer>>(
        "GET", "/v1/operations", "Lists operations", RunAsync)
    {
        Scope = Scopes.Read,
        AnswerSchema = "OperationList",
        Query = take =>
        [
            take.QueryId("account", "Those that touched the account", r => r.Account, (r, id) => r.Account = id),
            take.QueryId("customer", "Those that touched the customer or one of its wallets", r => r.Customer, (r, id) => r.Customer = id),
            take.QueryChoice("kind", "What they did", Kinds, r => r.Kind, (r, kind) => r.Kind = kind),
            take.QueryText<IdempotencyKey>(
                "key", "Those of the request with this idempotency key", r => r.RequestKey, (r, key) => r.RequestKey = key),
            take.QueryId("reverses", "The reversals of this operation", r => r.Reverses, (r, id) => r.Reverses = id),
            take.QueryChoice(
                "reversed",
                "Those that moved money, of which nothing, something or all was reversed",
                ReversedStates.Words,
                r => r.Reversed,
                (r, state) => r.Reversed = state),
            take.QueryInstant("since", Describe.Since, r => r.Since, (r, instant) => r.Since = instant),
            take.QueryInstant("until", Describe.Until, r => r.Until, (r, instant) => r.Until = instant),
            .. take.Page(),
        ],
    };

    /// <summary>Those that touched the account.</summary>
    public LedgerId Account { get; set; }

    /// <summary>Those that touched the customer or one of its wallets.</summary>
    public LedgerId Customer { get; set; }

    /// <summary>What they did.</summary>
    public OperationKind? Kind { get; set; }

    /// <summary>Those of the request with this idempotency key.</summary>
    public LedgerText<IdempotencyKey> RequestKey { get; set; }

    /// <summary>The reversals of this operation.</summary>
    public LedgerId Reverses { get; set; }

    /// <summary>Those that moved money, of which nothing, something or all was reversed.</summary>
    public ReversedState? Reversed { get; set; }

    /// <summary>From this instant on.</summary>
    public LedgerInstant Since { get; set; }

    /// <summary>Before this instant.</summary>
    public LedgerInstant Until { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static ValueTask<Result<ListAnswer<OperationAnswer>>> RunAsync(CallContext context, ListOperationsRequest request)
    {
        var filter = new OperationFilter(
            request.Account.IsGiven ? request.Account.Number : null,
            request.Customer.IsGiven ? request.Customer.Number : null,
            request.Kind,
            request.RequestKey.OrNull,
            request.Since.Instant,
            request.Until.Instant,
            request.Reverses.IsGiven ? request.Reverses.Number : null,
            request.Reversed);
        return context.ListAsync(
            request,
            "",
            async page =>
                new AsOf<Page<Operation>>(
                    await context.Reader.ListOperationsAsync(context.Book, filter, page, context.Cancelled).ConfigureAwait(false), 0),
            (operation, _) => OperationAnswer.Of(operation));
    }
}
