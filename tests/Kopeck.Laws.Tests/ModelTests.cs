using Kopeck.Engine;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Requests;
using Kopeck.Laws.Tests.Driving;
using Kopeck.Laws.Tests.Model;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Testing;
using Kopeck.Testing.Stores;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Laws.Tests;

/// <summary>
/// The ledger against an independent model: every answer, list and reading of the past. An engine's tests are subclasses that name it.
/// </summary>
/// <param name="engine">The database engine.</param>
/// <param name="commands">How many; KOPECK_TEST_SCALE multiplies it.</param>
/// <param name="options">The engine's limits, where they are not the usual ones.</param>
public abstract class ModelTests(StoreEngine engine, int commands, EngineOptions? options = null)
{
    static readonly string[] Reachable =
    [
        "forbidden", "key_required", "invalid_fields", "key_reused", "account_not_found", "same_account", "system_account",
        "currency_mismatch", "account_frozen", "account_closed",
        "account_not_empty", "quote_missing", "quote_stale", "amount_too_small", "insufficient_funds", "overflow", "batch_aborted",
        "already_exists", "not_found", "clock_skew",
        "hold_closed", "hold_expired", "capture_exceeds_hold", "release_exceeds_hold", "hold_receiver_mismatch", "too_many_captures",
        "not_reversible", "already_reversed",
        "reversal_exceeds",
    ];

    readonly SortedDictionary<string, int> histogram = new(StringComparer.Ordinal);

    [Fact]
    public async Task Random_commands_are_answered_as_the_model_answers_them()
    {
        var random = new Random(TestSeed.Next());
        await using var ledger = await TestLedger.CreateAsync(engine, random.Next(), options: options);
        var model = new ModelLedger { LastAt = ledger.Clock.Microseconds };
        var whale = await MakeWhaleAsync(ledger, model);
        var generator = new CommandGenerator(random, model, whale, await MakeBusyHoldAsync(ledger, model));
        var total = commands * TestSeed.Scale;
        for (var done = 0; done < total;)
        {
            MoveClock(ledger.Clock, model, random);
            var batch = Enumerable.Range(0, random.Next(4) == 0 ? 1 : random.Next(1, 260)).Select(_ => generator.Next()).ToList();
            var kind = random.Next(20);
            if (kind is 0 or 2 or 3)
            {
                // A long one would nearly always fail: what is left out of it was never sent, and does not count.
                batch = [.. batch.Take(random.Next(1, 6)).Select(command => command with { IsReader = false })];
                await SubmitAtomicAsync(ledger, model, batch);
            }
            else if (kind == 1)
                await SubmitDryAsync(ledger, model, batch);
            else
                await SubmitAsync(ledger, model, batch);
            done += batch.Count;
            await CompareAccountsAsync(
                ledger, Enumerable.Range(0, 5).Select(_ => model.Accounts.Values.ElementAt(random.Next(model.Accounts.Count))), model.Head);
            if (random.Next(25) == 0)
                await CompareReadsAsync(ledger, model, random);
        }

        await CompareReadsAsync(ledger, model, random);
        ledger.Verify();
        Report(total);
    }

    void Report(int total)
    {
        foreach (var (outcome, count) in histogram)
            Console.WriteLine($"{outcome,-40} {count,8}");
        // The rarest code comes some 200 times in 200,000 commands, but not evenly: shorter runs reach what they reach.
        var least = total >= 200_000 ? 100 : 0;
        foreach (var code in Reachable)
            Assert.True(
                histogram.Where(pair => pair.Key.EndsWith(" " + code, StringComparison.Ordinal)).Sum(pair => pair.Value) >= least,
                $"{code} was reached fewer than {least} times");
        Assert.True(
            histogram.Where(pair => pair.Key.EndsWith(" ok", StringComparison.Ordinal)).Sum(pair => pair.Value) >= total / 3,
            "fewer than a third of the commands hit existing state");
    }

    /// <summary>A wallet near the end of 64 bits, in a currency of its own.</summary>
    static async Task<long> MakeWhaleAsync(TestLedger ledger, ModelLedger model)
    {
        var commands = new List<ModelCommand> { new("register") { Name = "Whale", Country = "PT", Currency = "CHF" } };
        commands.AddRange(
            Enumerable.Range(0, 9_223)
                .Select(index => new ModelCommand("deposit") { From = 3, Amount = "10000000000000", Key = $"whale-{index}" }));
        var outcomes = await ledger.Engine.SubmitBatchAsync(
            TestLedger.Admin, [.. commands.Select(command => Translation.ToRequest(command, Today(ledger, model)))], atomic: false);
        for (var index = 0; index < commands.Count; index++)
            Assert.Null(
                Translation.Compare(commands[index], model.Decide(commands[index], ledger.Clock.Microseconds), outcomes.Outcomes[index]));
        return 3;
    }

    /// <summary>A hold that lives for ever and was captured as often as a hold can be.</summary>
    static async Task<long> MakeBusyHoldAsync(TestLedger ledger, ModelLedger model)
    {
        var wallet = model.Head + 2;
        var commands = new List<ModelCommand>
        {
            new("register") { Name = "Busy", Country = "PT", Currency = "EUR" },
            new("register") { Name = "Host", Country = "PT", Currency = "EUR" },
            new("deposit") { From = wallet, Amount = "2000", Key = "busy" },
        };
        await SubmitAllAsync(ledger, model, commands);
        var hold = model.Head + 1;
        commands = [new("hold") { From = wallet, To = wallet + 2, Amount = "1500", IsForever = true, Key = "busy-hold" }];
        commands.AddRange(
            Enumerable.Range(0, 1_000)
                .Select(index => new ModelCommand("capture") { Hold = hold, Amount = "0.01", Key = $"busy-{index}" }));
        await SubmitAllAsync(ledger, model, commands);
        return hold;
    }

    static async Task SubmitAllAsync(TestLedger ledger, ModelLedger model, List<ModelCommand> commands)
    {
        var outcomes = await ledger.Engine.SubmitBatchAsync(
            TestLedger.Admin, [.. commands.Select(command => Translation.ToRequest(command, Today(ledger, model)))], atomic: false);
        for (var index = 0; index < commands.Count; index++)
            Assert.Null(
                Translation.Compare(commands[index], model.Decide(commands[index], ledger.Clock.Microseconds), outcomes.Outcomes[index]));
    }

    static void MoveClock(TestClock clock, ModelLedger model, Random random)
    {
        var head = DateTimeOffset.UnixEpoch.AddTicks(model.LastAt * 10);
        clock.Now = random.Next(100) switch
        {
            < 2 => head.AddSeconds(-6 - random.Next(100)),
            < 6 => head.AddSeconds(-random.Next(5)),
            < 9 => head.AddDays(random.Next(3)),
            < 10 => head.AddDays(8),
            _ => head.AddMilliseconds(random.Next(600_000)),
        };
    }

    async Task SubmitAsync(TestLedger ledger, ModelLedger model, List<ModelCommand> batch)
    {
        // One caller a submission: the reader's commands go by themselves.
        foreach (var part in Split(batch))
        {
            var caller = part[0].IsReader ? TestLedger.Reader : TestLedger.Admin;
            var requests = part.Select(command => Translation.ToRequest(command, Today(ledger, model))).ToList();
            IReadOnlyList<Outcome> outcomes = requests.Count == 1
                ? [await ledger.Engine.SubmitAsync(caller, requests[0])]
                : (await ledger.Engine.SubmitBatchAsync(caller, requests, atomic: false)).Outcomes;
            model.WriteDueWork(part, ledger.Clock.Microseconds);
            Check(part, [.. part.Select(command => model.Decide(command, ledger.Clock.Microseconds))], outcomes);
        }
    }

    async Task SubmitAtomicAsync(TestLedger ledger, ModelLedger model, List<ModelCommand> batch)
    {
        var actual = await ledger.Engine.SubmitBatchAsync(
            TestLedger.Admin, [.. batch.Select(command => Translation.ToRequest(command, Today(ledger, model)))], atomic: true);
        model.WriteDueWork(batch, ledger.Clock.Microseconds);
        var (failed, expected) = model.DecideAtomic(batch, ledger.Clock.Microseconds);
        Count("batch", failed is null ? "ok" : "batch_aborted");
        Assert.Equal(failed is null ? null : ErrorCode.BatchAborted, actual.Rejection?.Code);
        Assert.Equal(failed, actual.Rejection?.Item);
        Assert.Equal(failed is { } place ? expected[place].Error : null, actual.Rejection?.ItemRejection?.Code.Name());
        if (failed is null)
            Check(batch, expected, actual.Outcomes);
    }

    async Task SubmitDryAsync(TestLedger ledger, ModelLedger model, List<ModelCommand> batch)
    {
        foreach (var command in batch.Where(command => !command.IsReader).Take(30).Select(command => command with { IsDryRun = true }))
        {
            var actual =
                await ledger.Engine.SubmitAsync(TestLedger.Admin, Translation.ToRequest(command, Today(ledger, model)), dryRun: true);
            model.WriteDueWork([command], ledger.Clock.Microseconds);
            Check([command], [model.Decide(command, ledger.Clock.Microseconds)], [actual]);
        }
    }

    void Check(IReadOnlyList<ModelCommand> commands, IReadOnlyList<ModelOutcome> expected, IReadOnlyList<Outcome> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var index = 0; index < expected.Count; index++)
        {
            Count(commands[index].Kind, expected[index].Error ?? "ok");
            var difference = Translation.Compare(commands[index], expected[index], actual[index]);
            Assert.True(difference is null, $"{commands[index]}: {difference}");
        }
    }

    /// <summary>Some accounts after every batch, and at the end all of them: what the node remembers is what the model has.</summary>
    static async Task CompareAccountsAsync(TestLedger ledger, IEnumerable<ModelAccount> accounts, long head)
    {
        foreach (var account in accounts)
        {
            var (read, number) = await ledger.Engine.GetAccountAsync(TestLedger.Book, account.Id, TestContext.Current.CancellationToken);
            Assert.Equal((Show(account), head), (read is null ? null : $"{read.Id} {Translation.Show(read)}", number));
        }
    }

    static async Task CompareReadsAsync(TestLedger ledger, ModelLedger model, Random random)
    {
        await CompareAccountsAsync(ledger, model.Accounts.Values, model.Head);
        var reader = ledger.Engine.Reader(TestLedger.Book);
        var token = TestContext.Current.CancellationToken;
        var listed = await ReadAllAsync(
            page => reader.ListAccountsAsync(TestLedger.Book, new AccountFilter(), page, token), random.Next(2) == 0, random.Next(20, 300));
        Assert.Equal(
            model.Accounts.Values.Select(Show).Order(StringComparer.Ordinal),
            listed.Select(account => $"{account.Id} {Translation.Show(account)}").Order(StringComparer.Ordinal));

        for (var look = 0; look < 20; look++)
        {
            var account = model.Accounts.Values.ElementAt(random.Next(model.Accounts.Count));
            var at = random.NextInt64(1, model.Head + 1);
            var past = (await reader.GetAccountAsync(TestLedger.Book, account.Id, at, token)).Value;
            var expected = account.History.LastOrDefault(moment => moment.Number <= at);
            Assert.Equal(
                expected == default
                    ? null
                    : $"{account.Kind} {account.Currency} {account.Code} {expected.Status} {expected.Posted} {expected.Held} {expected.Floor}",
                past is null ? null : Translation.Show(past));

            if (model.Holds.Count > 0)
            {
                var hold = model.Holds.Values.ElementAt(random.Next(model.Holds.Count));
                var left = hold.History.LastOrDefault(moment => moment.Number <= at);
                Assert.Equal(
                    left.State,
                    (await reader.GetHoldAsync(TestLedger.Book, hold.Id, at, token)).Value is { } pastHold
                        ? Translation.Show(pastHold)
                        : null);
                Assert.Equal(hold.ToString(), Translation.Show((await reader.GetHoldAsync(TestLedger.Book, hold.Id, null, token)).Value!));
            }

            var isAscending = random.Next(2) == 0;
            var operations = await ReadAllAsync(
                async page =>
                    new AsOf<Page<Operation>>(
                        await reader.ListOperationsAsync(TestLedger.Book, new OperationFilter(Account: account.Id), page, token), 0),
                isAscending, random.Next(5, 500), 2_000);
            var numbers = model.Operations.Select((operation, index) => (Number: index + 1L, operation.Accounts))
                .Where(operation => operation.Accounts.Contains(account.Id)).Select(operation => operation.Number);
            Assert.Equal(
                (isAscending ? numbers : numbers.Reverse()).Take(operations.Count), operations.Select(operation => operation.Number));
        }

        var customers = await ReadAllAsync(
            page => reader.ListCustomersAsync(TestLedger.Book, new CustomerFilter(), page, token), random.Next(2) == 0,
            random.Next(50, 1_000));
        Assert.Equal(
            model.Customers.Values.Select(
                customer => $"{customer.Id} {customer.Name} {customer.Country} {customer.Code} {customer.IsErased}"),
            customers.OrderBy(customer => customer.Id)
                .Select(
                    customer =>
                        $"{customer.Id} {customer.Details?.Name.Value} {customer.Country} {customer.Details?.Code?.Value} {customer.IsErased}"));

        var kinds = model.Operations.Select(operation => operation.Kind).Distinct().ToList();
        var kind = kinds[random.Next(kinds.Count)];
        Assert.True(KindList.TryParse(kind, out var operationKind));
        var ofKind = await reader.ListOperationsAsync(
            TestLedger.Book, new OperationFilter(Kind: operationKind), new PageRequest(null, true, 1_000), token);
        Assert.Equal(
            model.Operations.Select((operation, index) => (Number: index + 1L, operation.Kind)).Where(operation => operation.Kind == kind)
                .Select(operation => operation.Number).Take(1_000),
            ofKind.Items.Select(operation => operation.Number));

        var day = DateOnly.FromDateTime(ledger.Clock.Now.UtcDateTime).AddDays(-random.Next(20));
        var unixDay = day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        Assert.Equal(
            model.NewestQuotes(unixDay),
            (await reader.GetNewestQuotesAsync(TestLedger.Book, day, token))
                .Select(
                    quote =>
                        $"{quote.Currency} {quote.Date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber} {quote.Revision}"));

        var code = $"c{random.Next(200)}";
        var owners = await reader.ListCustomersAsync(
            TestLedger.Book, new CustomerFilter(Code: Ledger.Fields.CustomerCode.Parse(code)), new PageRequest(null, false, 10), token);
        Assert.Equal(
            model.Customers.Values.Where(customer => customer.Code == code).Select(customer => customer.Id),
            owners.Value.Items.Select(customer => customer.Id));
    }

    static async Task<List<T>> ReadAllAsync<T>(
        Func<PageRequest, ValueTask<AsOf<Page<T>>>> read, bool isAscending, int limit, int most = int.MaxValue)
    {
        var items = new List<T>();
        PageKey? after = null;
        do
        {
            var page = (await read(new PageRequest(after, isAscending, limit))).Value;
            items.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null && items.Count < most);
        return items;
    }

    static IEnumerable<List<ModelCommand>> Split(List<ModelCommand> batch)
    {
        var part = new List<ModelCommand>();
        foreach (var command in batch)
        {
            if (part.Count > 0 && part[0].IsReader != command.IsReader)
            {
                yield return part;
                part = [];
            }

            part.Add(command);
        }

        yield return part;
    }

    static string Show(ModelAccount account) =>
        $"{account.Id} {account.Kind} {account.Currency} {account.Code} {account.Status} {account.Posted} {account.Held} {account.Floor}";

    // The day of the instant that an operation would get: time never runs backwards in a book.
    static DateOnly Today(TestLedger ledger, ModelLedger model) =>
        DateOnly.FromDateTime(DateTime.UnixEpoch.AddTicks(Math.Max(ledger.Clock.Microseconds, model.LastAt) * 10));

    void Count(string kind, string outcome) => histogram[$"{kind} {outcome}"] = histogram.GetValueOrDefault($"{kind} {outcome}") + 1;
}
