using Kopeck.Parity.Tests.Driving;

namespace Kopeck.Parity.Tests;

/// <summary>The same story through every interface: the same outcomes, the same codes, the same journal to the last hash.</summary>
public sealed class ScenarioTests
{
    // The embedded ledger writes documents to a stream of the caller's, which has no name and no media type to tell.
    public static TheoryData<string, string> Pairs { get; } =
        new(Scenarios.All.Keys.SelectMany(scenario => Drivers.All.Keys.Select(driver => (scenario, driver))));

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Every_interface_tells_the_same_story_and_writes_the_same_journal(string scenario, string driver)
    {
        var (expected, expectedJournal) = await PlayAsync(scenario, Drivers.All.Keys.First());
        var (told, journal) = await PlayAsync(scenario, driver);
        Assert.Equal(expected, told);
        Assert.Equal(expectedJournal, journal);
        Assert.NotEmpty(journal);
    }

    static async Task<(IReadOnlyList<string> Transcript, IReadOnlyList<string> Journal)> PlayAsync(string scenario, string driver)
    {
        await using var folder = await BenchFolder.MakeAsync();
        await using var run = new Run(await Drivers.All[driver](folder.Bench), folder.Bench.Clock);
        await Scenarios.All[scenario](run);
        return (run.Transcript, await folder.ReadJournalAsync());
    }
}
