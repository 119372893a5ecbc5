namespace Kopeck.Engine;

/// <summary>The engine's limits.</summary>
public sealed record EngineOptions
{
    /// <summary>
    /// The most commands that wait for one book, half of them of one caller; more are answered <c>overloaded</c>. At least two batches of
    /// 10,000.
    /// </summary>
    public int QueueCapacity { get; init; } = 50_000;

    /// <summary>The most commands in one commit; a single submission may be larger.</summary>
    public int MaxBatchCommands { get; init; } = 5_000;

    /// <summary>
    /// The most accounts of all books together that stay in memory between batches. Books that are idle give theirs first.
    /// </summary>
    public int MaxKnownAccounts { get; init; } = 1_000_000;

    /// <summary>
    /// How many keys, codes, customers and absent ids of all books together stay in memory between batches. Books that are idle give theirs
    /// first; then a book forgets all of its own.
    /// </summary>
    public int MaxKnownLookups { get; init; } = 50_000;

    /// <summary>How many commands must wait before it is worth looking up what they need while another batch commits.</summary>
    public int LookAheadCommands { get; init; } = 64;

    /// <summary>How often a batch may lose against other nodes before it takes the book's lock, where locks are not fair.</summary>
    public int LossesBeforeLock { get; init; } = 3;

    /// <summary>
    /// For how many batches after another node last wrote a node takes the book's lock first, where locks are fair: then nodes take turns.
    /// </summary>
    public int LockedBatches { get; init; } = 32;

    /// <summary>For how many batches all keys are looked up before they are decided, after one turned out to be used already.</summary>
    public int LookedUpBatches { get; init; } = 32;

    /// <summary>How long callers wait to learn an unknown outcome before they are told to ask again.</summary>
    public TimeSpan UnknownOutcomePatience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a book that nobody writes to stays in memory, at least; at most half as long again.</summary>
    public TimeSpan IdleBookLife { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How often the heads are looked at for those who follow journals, in a store that does not tell of other nodes' commits.
    /// </summary>
    public TimeSpan HeadLookInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How often they are looked at behind a store that tells of commits, for what it could not tell.</summary>
    public TimeSpan HeadPollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether this node does due work of its own accord. One that does not still does what falls due before it writes anything else to a
    /// book.
    /// </summary>
    public bool LooksForDueWork { get; init; } = true;

    /// <summary>How often it is looked whether any book has due work; what is due is written within a second.</summary>
    public TimeSpan DueLookInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Whether the clock is compared with the database server's, where there is one. Off for tests whose time is not the machine's.
    /// </summary>
    public bool ComparesClocks { get; init; }

    /// <summary>How far the clock may be behind the book's head, and apart from the database server's.</summary>
    public TimeSpan MaxClockSkew { get; init; } = TimeSpan.FromSeconds(5);
}
