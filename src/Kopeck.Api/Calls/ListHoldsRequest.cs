using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;
using Kopeck.Api.Values;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Holds;

namespace Kopeck.Api.Calls;

/// <summary>Asks for a list of holds, as they are now, without their captures.</summary>
public sealed record ListHoldsRequest : ListRequest<HoldAnswer>
{
    static readonly Words<HoldStatus> Statuses = new([.. Enum.GetValues<HoldStatus>().Select(status => (status.Name(), status))]);

    static readonly Call Definition = new Call<ListHoldsRequest, ListAnswer<HoldAnswer>>(
        "GET", "/v1/holds", "Lists holds, without their captures", RunAsync)
    {
        Scope = Scopes.Read,
        AnswerSchema = "HoldList",
        Query = take =>
        [
            take.QueryId("account", "Those of the account", r => r.Account, (r, id) => r.Account = id),
            take.QueryId("customer", "Those of the customer's wallets", r => r.Customer, (r, id) => r.Customer = id),
            take.QueryChoice("status", "Those that stand so", Statuses, r => r.Status, (r, status) => r.Status = status),
            take.QueryReceiver("to", "Those whose receiver is the account, or cash", r => r.To, (r, to) => r.To = to),
            take.QueryInstant(
                "expiresBefore",
                "Those that end before this instant; a bare date is midnight UTC",
                r => r.ExpiresBefore,
                (r, instant) => r.ExpiresBefore = instant),
            .. take.Page(),
        ],
    };

    /// <summary>Those of the account.</summary>
    public LedgerId Account { get; set; }

    /// <summary>Those of the customer's wallets.</summary>
    public LedgerId Customer { get; set; }

    /// <summary>Those that stand so.</summary>
    public HoldStatus? Status { get; set; }

    /// <summary>Those whose receiver is the account, or the outside world.</summary>
    public LedgerReceiver To { get; set; }

    /// <summary>Those that end before this instant.</summary>
    public LedgerInstant ExpiresBefore { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static ValueTask<Result<ListAnswer<HoldAnswer>>> RunAsync(CallContext context, ListHoldsRequest request)
    {
        var filter = new HoldFilter(
            request.Account.IsGiven ? request.Account.Number : null,
            request.Customer.IsGiven ? request.Customer.Number : null,
            request.Status,
            request.To.OrNull,
            request.ExpiresBefore.Instant)
        {
            ToCash = request.To.IsCash,
        };
        return context.ListAsync(
            request,
            "",
            page => context.Reader.ListHoldsAsync(context.Book, filter, page, context.Cancelled),
            (hold, _) => HoldAnswer.WithoutCaptures(hold));
    }
}
