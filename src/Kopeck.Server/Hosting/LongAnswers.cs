using Kopeck.Ledger.Errors;

namespace Kopeck.Server.Hosting;

/// <summary>
/// Long answers, which are files and long lists: however many are asked for at once, the server keeps time for who asks for little, and no
/// key waits for what another asked for before it. Safe for concurrent use.
/// </summary>
sealed class LongAnswers
{
    /// <summary>The most items of a list that is answered at once.</summary>
    public const int ShortList = 100;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    static readonly Rejection TooManyLists = new(
        ErrorCode.Overloaded,
        $"Many lists of more than {ShortList} items wait to be read for this key: ask for fewer at a time");

    readonly TaskScheduler scheduler = NewScheduler(TaskScheduler.Default);

    /// <summary>On how many cores files are made, and how many long lists of a key are read at a time: half of the cores.</summary>
    public static int Cores { get; } = Math.Max(1, Environment.ProcessorCount / 2);

    // One item, and whoever waits for the cores goes to the end of their queue: files of a key are made in turn, from one wait to the
    // next, and keys take turns with each other.
    static TaskScheduler NewScheduler(TaskScheduler cores) =>
        new ConcurrentExclusiveSchedulerPair(cores, Cores, maxItemsPerTask: 1).ConcurrentScheduler;

    /// <summary>What one key asks for.</summary>
#pragma warning disable CA1001 // A semaphore that nobody waits for by a handle holds nothing.
    public sealed class OfKey(LongAnswers all)
#pragma warning restore CA1001
    {
        // What is awaited in a task goes on by the task's scheduler.
        readonly TaskFactory turns = new(
            CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskContinuationOptions.None, NewScheduler(all.scheduler));

        readonly SemaphoreSlim lists = new(Cores);

        /// <summary>Makes a file.</summary>
        public Task MakeAsync(Func<Task> make) => turns.StartNew(make, CancellationToken.None).Unwrap();

        /// <summary>
        /// Waits for a place to read a long list, which is given back by <see cref="LeaveList"/>. The places are this key's own: a database
        /// that does not answer for its book holds up no other's.
        /// </summary>
        public async ValueTask<Rejection?> EnterListAsync(CancellationToken cancellationToken) =>
            await lists.WaitAsync(Patience, cancellationToken) ? null : TooManyLists;

        /// <summary>Gives the place back.</summary>
        public void LeaveList() => lists.Release();
    }
}
