namespace Kopeck.Server.Hosting;

/// <summary>
/// Long answers, which are files and long lists: however many are asked for at once, the server keeps time for who asks for little, and no
/// key waits for what another asked for before it. Safe for concurrent use.
/// </summary>
#pragma warning disable CA1001 // Semaphores that nobody waits for by a handle hold nothing.
sealed class LongAnswers
#pragma warning restore CA1001
{
    /// <summary>The most items of a list that is answered at once.</summary>
    public const int ShortList = 100;

    readonly TaskScheduler scheduler = NewScheduler(TaskScheduler.Default);
    readonly SemaphoreSlim lists = new(Lists);

    /// <summary>On how many cores files are made: on half of them.</summary>
    public static int Cores { get; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>How many long lists are read at a time; one key has half of these places.</summary>
    public static int Lists { get; } = Math.Max(2, Environment.ProcessorCount);

    // One item, and whoever waits for the cores goes to the end of their queue: files of a key are made in turn, from one wait to the
    // next, and keys take turns with each other.
    static TaskScheduler NewScheduler(TaskScheduler cores) =>
        new ConcurrentExclusiveSchedulerPair(cores, Cores, maxItemsPerTask: 1).ConcurrentScheduler;

    /// <summary>What one key asks for.</summary>
#pragma warning disable CA1001 // As above.
    public sealed class OfKey(LongAnswers all)
#pragma warning restore CA1001
    {
        // What is awaited in a task goes on by the task's scheduler.
        readonly TaskFactory turns = new(
            CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskContinuationOptions.None, NewScheduler(all.scheduler));

        readonly SemaphoreSlim lists = new(Math.Max(1, Lists / 2));

        /// <summary>Makes a file.</summary>
        public Task MakeAsync(Func<Task> make) => turns.StartNew(make, CancellationToken.None).Unwrap();

        /// <summary>Waits for a place to read a long list, which is given back by <see cref="LeaveList"/>.</summary>
        public async ValueTask EnterListAsync(CancellationToken cancellationToken)
        {
            await lists.WaitAsync(cancellationToken);
            try
            {
                await all.lists.WaitAsync(cancellationToken);
            }
            catch
            {
                lists.Release();
                throw;
            }
        }

        /// <summary>Gives the place back.</summary>
        public void LeaveList()
        {
            all.lists.Release();
            lists.Release();
        }
    }
}
