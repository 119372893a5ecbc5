using Kopeck.Ledger.Quotes;

namespace Kopeck.Api.Answers;

/// <summary>What one of several receivers of a capture got.</summary>
/// <param name="To">The account that was paid; null in a dry run for one that would be opened.</param>
/// <param name="Taken">What the hold's account paid.</param>
/// <param name="Received">What the receiver got.</param>
/// <param name="Exchange">How it was converted; null where it was not.</param>
public sealed record PaidLeg(long? To, Money Taken, Money Received, Exchange? Exchange);
