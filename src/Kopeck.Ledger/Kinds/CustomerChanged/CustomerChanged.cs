using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Kinds;

/// <summary>A customer's values were changed: these are all its values from then on.</summary>
/// <param name="PersonalDigest">See <see cref="PersonalDigests"/>.</param>
public sealed record CustomerChanged(long Customer, CountryCode Country, Digest PersonalDigest) : CustomerValues(Country, PersonalDigest)
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CustomerChanged;

    /// <inheritdoc/>
    public override long CustomerOf(Operation operation) => Customer;
}
