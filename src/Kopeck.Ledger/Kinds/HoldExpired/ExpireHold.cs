using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>A hold's time has come. Nobody asks for it: the executor does, before anything else happens to the account.</summary>
public sealed record ExpireHold(long Hold) : Command
{
    /// <inheritdoc/>
    public override string Name => "expire";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Admin;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs) => needs.Holds.Add(Hold);

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state) => writer.Add("hold", Hold);

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts)
    {
        if (on.State.FindHold(Hold) is not { } hold)
            return Decision.Reject(HoldChecks.NotFound(Hold));
        if (HoldChecks.CheckOpen(hold) is { } closed)
            return Decision.Reject(closed);
        return hold.State.ExpiresAt <= on.At
            ? Decision.Of(new Draft(new HoldExpired(HoldChecks.Change(hold, on.State.FindAccount(hold.Account)!, hold.State.Expire()))))
            : Decision.Reject(ErrorCode.Internal, $"Hold {Hold} is not due at {on.At}");
    }
}
