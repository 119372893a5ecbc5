using Kopeck.Ledger.Fields;

namespace Kopeck.Server.Grpc.Reading;

/// <summary>What a message has beside its call's inputs.</summary>
/// <param name="Key">The idempotency key.</param>
/// <param name="MaxPages">After how many pages a list ends; 0 is never.</param>
readonly record struct ReadMessage(IdempotencyKey? Key, long MaxPages);
