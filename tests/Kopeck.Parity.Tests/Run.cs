using System.Globalization;
using Kopeck.Parity.Tests.Driving;

namespace Kopeck.Parity.Tests;

/// <summary>
/// A scenario on its way through one driver: a second passes before each step, and everything that is told is written down.
/// </summary>
public sealed class Run(ILedgerDriver driver, ManualClock clock) : IAsyncDisposable
{
    readonly List<string> transcript = [];

    /// <summary>What was asked and told, in order.</summary>
    public IReadOnlyList<string> Transcript => transcript;

    /// <summary>Does a step that is done.</summary>
    public async Task<Told> DoAsync(Step step)
    {
        var told = await TryAsync(step);
        Assert.True(told.Code == "", $"{step}: {told}");
        return told;
    }

    /// <summary>Does a step that is refused with a code, and codes of fields.</summary>
    public async Task RefuseAsync(string code, Step step, string fields = "")
    {
        var told = await TryAsync(step);
        Assert.True(
            (told.Code, told.Fields) == (code, string.Join(' ', fields.Split(' ').Order(StringComparer.Ordinal))),
            $"{step}: expected {code} {fields}, got {told}");
    }

    /// <summary>Does a step twice: the second answer is the first, from the journal.</summary>
    public async Task<Told> TwiceAsync(Step step)
    {
        var first = await DoAsync(step);
        var second = await DoAsync(step);
        Assert.Equal(first.Answer, second.Answer);
        Assert.True(second.IsReplay);
        return first;
    }

    public ValueTask DisposeAsync() => driver.DisposeAsync();

    async Task<Told> TryAsync(Step step)
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        var told = await driver.DoAsync(step);
        transcript.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{transcript.Count} {step.GetType().Name}: {told.Code} {told.Fields} {(told.IsReplay ? "again " : "")}{told.Answer}"));
        return told;
    }
}
