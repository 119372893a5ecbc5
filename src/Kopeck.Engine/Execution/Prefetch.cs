using Kopeck.Engine.Storage;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Execution;

/// <summary>What was looked up in advance.</summary>
/// <param name="Found">Null when nothing had to be.</param>
/// <param name="HasKeys">Whether requests' keys were looked up, too.</param>
sealed record Prefetch(Needs Needs, Found? Found, bool HasKeys);
