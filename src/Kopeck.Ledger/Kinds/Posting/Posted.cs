using System.Collections.Immutable;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Kinds;

/// <summary>Money moved in several legs.</summary>
public sealed record Posted(ImmutableArray<PostedLeg> Legs, Description? Description, Metadata? Metadata) : OperationBody
{
    /// <inheritdoc/>
    public override Description? Description { get; } = Description;

    /// <inheritdoc/>
    public override Metadata? Metadata { get; } = Metadata;

    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.Posting;

    /// <inheritdoc/>
    /// <remarks>Two entries belong to each leg.</remarks>
    public override long? CounterpartyOf(long account, int place) => place % 2 == 0 ? Legs[place / 2].To : Legs[place / 2].From;
}
