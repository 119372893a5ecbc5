namespace Kopeck.Engine;

/// <summary>The engine's limits.</summary>
public sealed record EngineOptions
{
    /// <summary>The most commands that wait for one book; more are answered <c>overloaded</c>. At least one batch of 10,000.</summary>
    public int QueueCapacity { get; init; } = 50_000;

    /// <summary>The most commands in one commit; a single submission may be larger.</summary>
    public int MaxBatchCommands { get; init; } = 5_000;

    /// <summary>The most accounts of a book that stay in memory between batches.</summary>
    public int MaxKnownAccounts { get; init; } = 1_000_000;

    /// <summary>How many keys, codes, customers and absent ids of a book stay in memory between batches, before all of them are forgotten.</summary>
    public int MaxKnownLookups { get; init; } = 50_000;

    /// <summary>How many commands must wait before it is worth looking up what they need while another batch commits.</summary>
    public int LookAheadCommands { get; init; } = 64;

    /// <summary>How often a batch may lose against other nodes before it takes the book's lock, where locks are not fair.</summary>
    public int LossesBeforeLock { get; init; } = 3;

    /// <summary>For how many batches after another node last wrote a node takes the book's lock first, where locks are fair: then nodes take turns.</summary>
    public int LockedBatches { get; init; } = 32;

    /// <summary>For how many batches all keys are looked up before they are decided, after one turned out to be used already.</summary>
    public int LookedUpBatches { get; init; } = 32;

    /// <summary>How long callers wait to learn an unknown outcome before they are told to ask again.</summary>
    public TimeSpan UnknownOutcomePatience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often the head is looked at for those who follow a journal that other nodes write.</summary>
    public TimeSpan HeadLookInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How far the clock may be behind the book's head.</summary>
    public TimeSpan MaxClockSkew { get; init; } = TimeSpan.FromSeconds(5);
}
