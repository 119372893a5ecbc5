using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Tests;

/// <summary>A command with a bug: it breaks when it is asked what it needs, or when it is decided.</summary>
sealed record BrokenCommand(bool BreaksEarly) : Command
{
    public override string Name => "broken";

    public override Scopes Scope => Scopes.Read;

    public override void CollectNeeds(Needs needs)
    {
        if (BreaksEarly)
            throw new InjectedException();
    }

    public override void WriteFingerprint(FingerprintWriter writer, BookState? state)
    {
    }

    public override Decision Decide(Ruling on, MinorAmounts amounts) => throw new InjectedException();
}
