using Kopeck.Engine.Execution;
using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Hosting;

/// <summary>How a book is on this node.</summary>
/// <param name="Condition">What it does.</param>
/// <param name="StopReason">Why it is stopped; null while it is not.</param>
/// <param name="ExecutorBreaks">How often its executor broke and was started again from the store, since the node started.</param>
/// <param name="Counts">What became of its batches.</param>
public sealed record BookHealth(BookName Book, BookCondition Condition, string? StopReason, long ExecutorBreaks, BatchCounts Counts);
