using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Journal;

/// <summary>
/// A customer's personal values as one operation set them, beside the salt of their digest. They are kept outside the journal, so that they
/// can be erased.
/// </summary>
/// <param name="Customer">The customer's id.</param>
/// <param name="Salt">32 random bytes: without them the digest in the journal tells nothing.</param>
/// <param name="Details">The values.</param>
public sealed record PersonalValues(long Customer, Digest Salt, CustomerDetails Details);
