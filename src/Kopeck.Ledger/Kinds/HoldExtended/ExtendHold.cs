using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>A hold is to live longer.</summary>
/// <param name="Life">From the operation's instant on.</param>
public sealed record ExtendHold(long Hold, HoldLife Life) : HoldCommand(Hold)
{
    /// <inheritdoc/>
    public override string Name => "extend";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Transfer | (Life.IsForever ? Scopes.Admin : Scopes.None);

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state)
    {
        base.WriteFingerprint(writer, state);
        Life.Write(writer);
    }

    /// <inheritdoc/>
    public override Rejection? CheckFields(Ruling on, out MinorAmounts amounts)
    {
        amounts = default;
        return Life.Check() is { } problem ? Rejection.InvalidFields(problem) : null;
    }

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts)
    {
        if (on.State.FindHold(Hold) is not { } hold)
            return Decision.Reject(HoldChecks.NotFound(Hold));
        if ((Life.TryEnd(on.At, out var end) ?? CheckLater(hold, end) ?? HoldChecks.CheckOpen(hold)) is { } rejection)
            return Decision.Reject(rejection);
        return Decision.Of(
            new Draft(new HoldExtended(HoldChecks.Change(hold, on.State.FindAccount(hold.Account)!, hold.State.Extend(end)))));
    }

    Rejection? CheckLater(Hold hold, Instant? end)
    {
        if (hold.State.ExpiresAt is { } now && (end is null || end > now))
            return null;
        var pointer = Life.Until is null && !Life.IsForever ? "/expiresInSeconds" : "/expiresAt";
        var ends = hold.State.ExpiresAt is { } at ? $"ends at {at}" : "never ends";
        return Rejection.InvalidFields(
            new FieldProblem(pointer, "not_later", $"Hold {hold.Id} {ends}, which is not before that: name a later end, or release it"));
    }
}
