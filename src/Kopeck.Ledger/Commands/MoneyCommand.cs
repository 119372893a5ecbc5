using Kopeck.Ledger.Fields;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Commands;

/// <summary>A command that moves money: it needs an idempotency key.</summary>
public abstract record MoneyCommand : Command
{
    /// <summary>What it was for.</summary>
    public Description? Description { get; init; }

    /// <summary>A JSON object of the caller's own, compact.</summary>
    public Metadata? Metadata { get; init; }

    /// <inheritdoc/>
    public override bool NeedsKey => true;

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state) =>
        writer.Add("description", Description?.Value).AddJson("metadata", Metadata?.Value);
}
