namespace Kopeck.Testing;

/// <summary>What holds after everything.</summary>
public static class Checks
{
    /// <summary>Waits until something holds, for so long; whether it does.</summary>
    public static Task<bool> HappensAsync(Func<bool> holds, TimeSpan patience) => HappensAsync(() => Task.FromResult(holds()), patience);

    /// <inheritdoc cref="HappensAsync(Func{bool}, TimeSpan)"/>
    public static async Task<bool> HappensAsync(Func<Task<bool>> holds, TimeSpan patience)
    {
        using var over = new CancellationTokenSource(patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            while (!await holds())
                await timer.WaitForNextTickAsync(over.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return await holds();
        }
    }

    /// <summary>Waits until something holds; fails after a minute.</summary>
    public static Task EventuallyAsync(Func<Task<bool>> holds, string what) => EventuallyAsync(holds, () => what);

    /// <inheritdoc cref="EventuallyAsync(Func{Task{bool}}, string)"/>
    public static async Task EventuallyAsync(Func<Task<bool>> holds, Func<string> what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await holds())
        {
            try
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail("waited in vain: " + what());
            }
        }
    }
}
