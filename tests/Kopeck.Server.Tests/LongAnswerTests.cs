using System.Diagnostics;
using System.Text;
using Kopeck.Ledger.Journal;
using Kopeck.Server.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Kopeck.Server.Tests;

/// <summary>Files and long lists take turns: who asks for little does not wait for them, and no key for another's.</summary>
public sealed class LongAnswerTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    const string List = "/v1/operations?limit=1000";
    const string File = "/v1/reports/trial-balance?format=csv";

    static readonly TimeSpan Long = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Files_are_made_on_half_of_the_cores_and_go_on_in_turn_after_each_wait()
    {
        var answers = new LongAnswers.OfKey(new LongAnswers());
        var (running, most) = (0, 0);
        var steps = new List<int>();
        var count = (4 * LongAnswers.Cores) + 3;
        async Task StepAsync(int file)
        {
            for (var step = 0; step < 10; step++)
            {
                lock (steps)
                {
                    most = Math.Max(most, ++running);
                    steps.Add(file);
                }

                Thread.SpinWait(10_000);
                lock (steps)
                    running--;
                await Task.Yield();
            }
        }

        await Task.WhenAll(Enumerable.Range(0, count).Select(file => answers.MakeAsync(() => StepAsync(file))));
        Assert.InRange(most, 1, LongAnswers.Cores);
        // Each has had its first turn before any has its third.
        var third = steps.Select((file, at) => (file, at)).GroupBy(step => step.file).Min(file => file.Skip(2).First().at);
        Assert.Equal(count, steps.Take(third).Distinct().Count());
    }

    [Fact]
    public async Task A_file_of_one_key_is_made_between_the_parts_of_many_of_another()
    {
        var all = new LongAnswers();
        var (greedy, honest) = (new LongAnswers.OfKey(all), new LongAnswers.OfKey(all));
        var done = 0;
        async Task WorkAsync(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                Thread.SpinWait(10_000);
                await Task.Yield();
            }
        }

        var many = Enumerable.Range(0, 100).Select(_ => greedy.MakeAsync(async () =>
        {
            await WorkAsync(20);
            Interlocked.Increment(ref done);
        })).ToList();
        await honest.MakeAsync(() => WorkAsync(20));
        // Made in one queue with them it would end among the last.
        Assert.InRange(Volatile.Read(ref done), 0, 50);
        await Task.WhenAll(many);
    }

    [Fact]
    public async Task While_files_take_all_of_their_cores_a_file_waits_and_everything_short_is_answered()
    {
        var shares = new KeyShares();
        await using var another = await server.StartAnotherAsync(shares);
        using var client = ClientOf(another, server.Main.Key);
        using var release = new ManualResetEventSlim();
        var busy = Enumerable.Range(0, LongAnswers.Cores).Select(_ => shares.LongAnswersOf(default).MakeAsync(() =>
        {
            release.Wait();
            return Task.CompletedTask;
        })).ToList();
        var file = client.GetAsync(File, TestContext.Current.CancellationToken);
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Long)
            (await client.GetAsync("/v1/accounts", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        Assert.False(file.IsCompleted);
        release.Set();
        (await file).EnsureSuccessStatusCode();
        await Task.WhenAll(busy);
    }

    [Fact]
    public async Task A_long_list_waits_for_its_place_and_gives_it_back_also_when_it_is_refused_or_nobody_waits_any_more()
    {
        var shares = new KeyShares();
        await using var another = await server.StartAnotherAsync(shares);
        using var client = ClientOf(another, server.Main.Key);
        var own = shares.LongAnswersOf(Digest.Of(Encoding.UTF8.GetBytes(server.Main.Key)));
        for (var place = 0; place < LongAnswers.Cores; place++)
            Assert.Null(await own.EnterListAsync(TestContext.Current.CancellationToken));
        using (var impatient = new CancellationTokenSource(Long / 4))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync(List, impatient.Token));
        var list = client.GetAsync(List, TestContext.Current.CancellationToken);
        (await client.GetAsync("/v1/operations?limit=100", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await Task.Delay(Long / 4, TestContext.Current.CancellationToken);
        Assert.False(list.IsCompleted);
        // Another key's are read meanwhile: what holds this one up may be its book alone.
        using (var other = ClientOf(another, server.Other.Key))
            (await other.GetAsync(List, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        for (var place = 0; place < LongAnswers.Cores; place++)
            own.LeaveList();
        (await list).EnsureSuccessStatusCode();
        for (var turn = 0; turn < 3 * LongAnswers.Cores; turn++)
        {
            var refused = await client.GetAsync(List + "&cursor=none", TestContext.Current.CancellationToken);
            Assert.Equal(400, (int)refused.StatusCode);
            (await client.GetAsync(List, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        }
    }

    static HttpClient ClientOf(WebApplication another, string key)
    {
        var client = new HttpClient { BaseAddress = new Uri(another.Urls.First()) };
        client.DefaultRequestHeaders.Add("Authorization", "Bearer " + key);
        return client;
    }
}
