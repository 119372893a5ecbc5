using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Kinds;

/// <summary>A customer was registered; its id is the operation's number.</summary>
/// <param name="PersonalDigest">See <see cref="PersonalDigests"/>.</param>
public sealed record CustomerRegistered(CountryCode Country, Digest PersonalDigest) : CustomerValues(Country, PersonalDigest)
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CustomerRegistered;

    /// <inheritdoc/>
    public override long CustomerOf(Operation operation) => operation.Number;
}
