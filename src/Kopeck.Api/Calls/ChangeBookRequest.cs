using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks to change the terms of the key's book: what is left out stays.</summary>
public sealed record ChangeBookRequest : CallRequest<BookAnswer>
{
    static readonly Call Definition = new Call<ChangeBookRequest, BookAnswer>(
        "PATCH", "/v1/book", "Changes the terms of the key's book: members that are left out stay", RunAsync)
    {
        Scope = Scopes.Admin,
        BodyKind = BodyKind.Json,
        BodyName = "ChangeBook",
        AnswerSchema = "Book",
        Body = take =>
        [
            take.WholeNumber(
                "quoteMaxAgeDays",
                "For how many days after its date a quote may be used",
                FieldTypes.QuoteMaxAgeDays,
                r => r.QuoteMaxAgeDays,
                (r, days) => r.QuoteMaxAgeDays = days),
            take.Text<ZoneName>("timeZone", Describe.TimeZone, r => r.TimeZone, (r, zone) => r.TimeZone = zone),
            take.End(
                "clockStandsAt",
                "Where the last operation is ahead of all clocks: its instant, at which time stands still until they catch up; null takes that back",
                r => r.ClockStandsAt,
                (r, at) => r.ClockStandsAt = at),
        ],
    };

    /// <summary>For how many days after its date a quote may be used.</summary>
    public long? QuoteMaxAgeDays { get; set; }

    /// <summary>Whose days count, such as <c>Europe/Berlin</c>.</summary>
    public LedgerText<ZoneName> TimeZone { get; set; }

    /// <summary>
    /// Where the last operation is ahead of all clocks, so that nothing can be written: its instant, at which time stands still until they
    /// catch up. <see cref="LedgerEnd.Never"/> takes that back.
    /// </summary>
    public LedgerEnd ClockStandsAt { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<BookAnswer>> RunAsync(CallContext context, ChangeBookRequest request)
    {
        var command = new ChangeBook((int?)request.QuoteMaxAgeDays, request.TimeZone.OrNull)
        {
            ClockStandsAt = request.ClockStandsAt.Instant,
            EndsClockStand = request.ClockStandsAt.IsNever,
        };
        var outcome = await context.Api.Engine.SubmitAsync(
            context.Who.Caller, new Request { Command = command, Key = context.Key }, request.DryRun).ConfigureAwait(false);
        if (outcome.Rejection is { } rejection)
            return rejection;
        // What was written is told by the operation; the base currency never changes.
        return await context.Api.Engine.Store.FindBookAsync(context.Book, CancellationToken.None).ConfigureAwait(false) is { } row
            ? CallContext.ToResult(outcome, done => BookAnswer.Of(done, row))
            : Refusals.NotFound("book", context.Book.Value);
    }
}
