using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>Two processes on one file.</summary>
public sealed class RaceTests
{
    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task A_wallet_of_100_pays_exactly_100_of_a_thousand_withdrawals_through_two_processes(StorageEngine engine)
    {
        using var place = await ILedgerPlace.NewAsync(engine);
        await using var one = await Server.StartAsync(place);
        await using var two = await Server.StartAsync(place);
        var wallet = await one.OpenWalletAsync("EUR", "100");
        var replies = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(index =>
            (index % 2 == 0 ? one : two).PostAsync("/v1/withdrawals", $$"""{"wallet":"{{wallet}}","amount":"1"}""", $"race-{index}")));
        Assert.Equal(100, replies.Count(reply => reply.Status == 201));
        Assert.All(replies.Where(reply => reply.Status != 201), reply => Assert.Equal("insufficient_funds", reply.Code));
        Assert.Equal("0.00", await one.PostedAsync(wallet));
        Assert.Equal("0.00", await two.PostedAsync(wallet));
        Ledgers.Verify(place);
    }

    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task A_deposit_answered_by_one_process_is_seen_at_once_by_the_other(StorageEngine engine)
    {
        using var place = await ILedgerPlace.NewAsync(engine);
        await using var one = await Server.StartAsync(place);
        await using var two = await Server.StartAsync(place);
        var wallet = await one.OpenWalletAsync("EUR", "0");
        for (var round = 1; round <= 100; round++)
        {
            var (writer, reader) = round % 2 == 0 ? (one, two) : (two, one);
            Assert.Equal(201, (await writer.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"1"}""", $"in-{round}")).Status);
            Assert.Equal($"1.00", await reader.PostedAsync(wallet));
            Assert.Equal(201, (await reader.PostAsync("/v1/withdrawals", $$"""{"wallet":"{{wallet}}","amount":"1"}""", $"out-{round}")).Status);
        }

        Ledgers.Verify(place);
    }

    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task A_process_that_was_stopped_while_the_other_wrote_answers_rightly_when_it_goes_on(StorageEngine engine)
    {
        using var place = await ILedgerPlace.NewAsync(engine);
        await using var one = await Server.StartAsync(place);
        await using var two = await Server.StartAsync(place);
        var wallet = await one.OpenWalletAsync("EUR", "10");
        Assert.Equal("10.00", await two.PostedAsync(wallet));
        two.Signal("STOP");
        var late = Enumerable.Range(0, 20).Select(index => two.PostAsync("/v1/withdrawals", $$"""{"wallet":"{{wallet}}","amount":"1"}""", $"late-{index}")).ToList();
        Assert.Equal(201, (await one.PostAsync("/v1/withdrawals", $$"""{"wallet":"{{wallet}}","amount":"7"}""", "while-stopped")).Status);
        two.Signal("CONT");
        var replies = await Task.WhenAll(late);
        Assert.Equal(3, replies.Count(reply => reply.Status == 201));
        Assert.All(replies.Where(reply => reply.Status != 201), reply => Assert.Equal("insufficient_funds", reply.Code));
        Ledgers.Verify(place);
    }

    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task Many_sends_of_each_of_many_keys_by_two_processes_and_the_command_line_have_one_effect_and_one_answer(
        StorageEngine engine)
    {
        // The long form: a hundred sends of each of 200 keys.
        var (keyCount, sends) = TestSeed.Scale > 1 ? (200, 100) : (100, 32);
        using var place = await ILedgerPlace.NewAsync(engine);
        await using var one = await Server.StartAsync(place);
        var two = await Server.StartAsync(place);
        var answered = 0;
        var wallet = await one.OpenWalletAsync("EUR", "0");
        string Deposit(int key) => $$"""{"wallet":"{{wallet}}","amount":"{{key + 1}}"}""";
        string Item(int key) => $$"""{"kind":"deposit","key":"storm-{{key}}","wallet":"{{wallet}}","amount":"{{key + 1}}"}""";
        string Batch(IEnumerable<int> keys) => $$"""{"operations":[{{string.Join(',', keys.Select(Item))}}]}""";

        var answers = new System.Collections.Concurrent.ConcurrentDictionary<int, string>();
        void Check(int key, string body)
        {
            Interlocked.Increment(ref answered);
            Assert.Equal(answers.GetOrAdd(key, body), body);
        }

        void CheckBatch(IReadOnlyList<int> keys, string body)
        {
            using var json = System.Text.Json.JsonDocument.Parse(body);
            foreach (var (key, outcome) in keys.Zip(json.RootElement.GetProperty("outcomes").EnumerateArray()))
            {
                Assert.Equal(201, outcome.GetProperty("status").GetInt32());
                Check(key, outcome.GetProperty("body").GetRawText());
            }
        }

        async Task SendAsync(int round)
        {
            for (var start = 0; start < keyCount; start += 20)
            {
                // Read anew each time: the second server is killed in the middle, and another one takes its place.
                var server = round % 2 == 0 ? one : Volatile.Read(ref two);
                var keys = Enumerable.Range(start, 20).Select(key => (key + round * 7) % keyCount).ToList();
                if (round % 4 == 0)
                {
                    if (await server.TrySendAsync(HttpMethod.Post, "/v1/batches", Batch(keys), $"batch-{round}-{start}")
                        is { Status: 200 } batch)
                        CheckBatch(keys, batch.Body);
                    continue;
                }

                foreach (var (key, reply)
                    in keys.Zip(
                        await Task.WhenAll(
                            keys.Select(key => server.TrySendAsync(HttpMethod.Post, "/v1/deposits", Deposit(key), $"storm-{key}")))))
                {
                    if (reply is { Status: 201 })
                        Check(key, reply.Body);
                    else
                        Assert.True(reply is null or { Status: 503 }, reply?.Body);
                }
            }
        }

        var file = Path.Combine(place.Keys, "batch.json");
        await File.WriteAllTextAsync(file, Batch(Enumerable.Range(0, keyCount)));
        var storm = Enumerable.Range(0, sends).Select(round => Task.Run(() => SendAsync(round))).ToList();
        var fromCommandLine =
            Enumerable.Range(0, 3).Select(_ => Task.Run(() => Ledgers.Kopeck(place, "submit", file, "--key", "cli"))).ToList();
        await Checks.EventuallyAsync(() => Task.FromResult(Volatile.Read(ref answered) > keyCount * sends / 8), "a part of the storm");
        var killed = two;
        killed.Kill();
        Volatile.Write(ref two, await Server.StartAsync(place));
        foreach (var submitted in await Task.WhenAll(fromCommandLine))
        {
            Assert.True(submitted.ExitCode == 0, submitted.Errors);
            CheckBatch([.. Enumerable.Range(0, keyCount)], submitted.Output);
        }

        await Task.WhenAll(storm);
        await killed.DisposeAsync();
        Console.WriteLine($"{answered} answers to {keyCount} keys");
        await using var again = two;
        for (var key = 0; key < keyCount; key++)
        {
            var replay = await again.PostAsync("/v1/deposits", Deposit(key), $"storm-{key}");
            Assert.True(replay.IsReplay);
            Check(key, replay.Body);
        }

        Assert.Equal($"{keyCount * (keyCount + 1) / 2}.00", await again.PostedAsync(wallet));
        var all = Enumerable.Range(0, keyCount).ToList();
        CheckBatch(all, (await one.PostAsync("/v1/batches", Batch(all), "batch-of-all")).Body);
        CheckBatch(all, Ledgers.Kopeck(place, "submit", file, "--key", "again").Output);
        var journal = await Journal.ReadAsync(again);
        journal.AssertLaws();
        Assert.All(all, key => Assert.Equal(answers[key], Assert.Single(journal.EffectsOf($"storm-{key}")).Text));

        foreach (var other
            in new[]
            {
                Item(9999).Replace("storm-9999", "storm-1", StringComparison.Ordinal),
                Item(1).Replace("deposit", "withdrawal", StringComparison.Ordinal)
            })
        {
            await File.WriteAllTextAsync(file, $$"""{"operations":[{{other}}]}""");
            var submitted = Ledgers.Kopeck(place, "submit", file, "--key", "other");
            Assert.Equal(1, submitted.ExitCode);
            foreach (var body in new[] { submitted.Output, (await one.PostAsync("/v1/batches", $$"""{"operations":[{{other}}]}""", "other")).Body })
                Assert.Equal(
                    "key_reused", System.Text.Json.Nodes.JsonNode.Parse(body)!["outcomes"]![0]!["body"]!["code"]!.GetValue<string>());
        }

        Assert.Equal("key_reused", (await again.PostAsync("/v1/deposits", Deposit(9999), "storm-1")).Code);
        Assert.Equal("key_reused", (await again.PostAsync("/v1/withdrawals", Deposit(1), "storm-1")).Code);
        Ledgers.Verify(place);
    }
}
