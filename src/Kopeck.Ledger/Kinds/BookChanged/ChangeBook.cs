using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>Changes some of a book's terms; null stays.</summary>
public sealed record ChangeBook(int? QuoteMaxAgeDays, ZoneName? TimeZone) : Command
{
    /// <summary>
    /// Where the book's last operation is ahead of all clocks: that operation's instant, at which time is to stand still until clocks catch
    /// up. It must be that one: whoever says it has seen it.
    /// </summary>
    public Instant? ClockStandsAt { get; init; }

    /// <summary>Whether time is to stand still no longer.</summary>
    public bool EndsClockStand { get; init; }

    /// <inheritdoc/>
    public override string Name => "change_book";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Admin;

    /// <inheritdoc/>
    public override bool FreesClock => ClockStandsAt is not null;

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state) =>
        writer.Add("quoteMaxAgeDays", QuoteMaxAgeDays).Add("timeZone", TimeZone?.Value)
            .Add("clockStandsAt", EndsClockStand ? "none" : ClockStandsAt?.ToString());

    /// <inheritdoc/>
    public override Rejection? CheckFields(Ruling on, out MinorAmounts amounts)
    {
        amounts = default;
        return TimeZone is { } zone
            && DayZone.Check(zone) is { } error ? Rejection.InvalidFields(new FieldProblem("/timeZone", error)) : null;
    }

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts)
    {
        var before = on.State.Terms;
        if (ClockStandsAt is { } stand && stand != before.ClockStandsAt && CheckStand(stand, on) is { } wrong)
            return Decision.Reject(Rejection.InvalidFields(new FieldProblem("/clockStandsAt", wrong)));
        var after = new BookTerms(QuoteMaxAgeDays ?? before.QuoteMaxAgeDays, TimeZone ?? before.TimeZone)
        {
            ClockStandsAt = EndsClockStand ? null : ClockStandsAt ?? before.ClockStandsAt,
        };
        return after == before ? Decision.Unchanged(Touched.Nothing) : Decision.Of(new Draft(new BookChanged(after, on.State.TermsNumber)));
    }

    static FieldError? CheckStand(Instant stand, Ruling on)
    {
        var head = on.State.Head.At;
        if (stand != head)
            return new FieldError("bad_value", $"Expected: the instant of the book's last operation, {head}");
        return on.At == head ? null : new FieldError("bad_value", $"The book's last operation, {head}, is not ahead of the clock");
    }
}
