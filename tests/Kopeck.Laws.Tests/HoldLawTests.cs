using System.Globalization;
using System.Numerics;
using Kopeck.Laws.Tests.Driving;
using Kopeck.Laws.Tests.Model;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Kinds;
using Kopeck.Testing;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Laws.Tests;

/// <summary>
/// What holds and reversals promise, beyond what the model says of each answer. An engine's tests are subclasses that name it.
/// </summary>
public abstract class HoldLawTests(StoreEngine engine)
{
    [Theory]
    [InlineData(-1, false)]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    public async Task At_the_end_of_a_hold_a_capture_loses_whether_or_not_something_was_written_before_it(
        int microseconds, bool isAfterAnother)
    {
        await using var book = await TestBook.CreateAsync(engine);
        var (from, to) = (await book.OpenAsync("EUR", "100"), await book.OpenAsync("EUR", null));
        var end = book.Ledger.Clock.Microseconds + 60_000_000;
        var hold = (await book.MustAsync(new("hold") { From = from, To = to, Amount = "40", ExpiresAt = end })).Answer.Number;
        book.Ledger.Clock.Now = DateTimeOffset.UnixEpoch.AddTicks((end + microseconds) * 10);
        if (isAfterAnother)
            await book.MustAsync(new("deposit") { From = to, Amount = "1" });
        var captured = await book.DoAsync(new("capture") { Hold = hold });
        Assert.Equal(microseconds < 0 ? null : ErrorCode.HoldExpired, captured.Rejection?.Code);
        Assert.Equal(microseconds < 0 ? 60_00 : 100_00, await book.PostedAsync(from));
        Assert.Equal(0, await book.HeldAsync(from));
        book.Ledger.Verify();
    }

    [Fact]
    public async Task Holds_of_an_idle_book_end_in_their_order_by_nodes_that_never_served_it_and_once()
    {
        await using var book = await TestBook.CreateAsync(engine);
        var from = await book.OpenAsync("EUR", "100");
        var holds = new List<long>();
        foreach (var seconds in new[] { 90, 60, 60, 100_000 })
            holds.Add((await book.MustAsync(new("hold") { From = from, Amount = "10", Seconds = seconds })).Answer.Number);
        await using var one = book.Ledger.Join(7, wakes: true);
        await using var two = book.Ledger.Join(8, wakes: true);
        book.Ledger.Clock.Now = book.Ledger.Clock.Now.AddSeconds(100);
        var patience = Task.Delay(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        while (!patience.IsCompleted && await book.HeldAsync(from) > 10_00)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        var written = await book.Ledger.Engine.Reader(TestLedger.Book)
            .ReadJournalAsync(TestLedger.Book, book.Head, 10, TestContext.Current.CancellationToken);
        Assert.Equal([holds[1], holds[2], holds[0]], written.Select(operation => ((HoldExpired)operation.Body).Change.Hold));
        Assert.Equal(10_00, await book.HeldAsync(from));
        book.Ledger.Verify();
    }

    [Fact]
    public async Task Captures_in_any_split_leave_what_a_transfer_leaves_and_a_release_leaves_nothing()
    {
        var random = new Random(TestSeed.Next());
        await using var book = await TestBook.CreateAsync(engine);
        for (var round = 0; round < 20; round++)
        {
            var (held, plain) = (await book.OpenAsync("EUR", "100"), await book.OpenAsync("EUR", "100"));
            var (to, other) = (await book.OpenAsync("EUR", null), await book.OpenAsync("EUR", null));
            var cents = random.Next(1, 10_001);
            var hold = (await book.MustAsync(new("hold") { From = held, To = to, Amount = Euros(cents) })).Answer.Number;
            foreach (var part in Split(random, cents))
                await book.MustAsync(new("capture") { Hold = hold, Amount = Euros(part) });
            await book.MustAsync(new("transfer") { From = plain, To = other, Amount = Euros(cents) });
            Assert.Equal(
                (await book.PostedAsync(plain), await book.PostedAsync(other)), (await book.PostedAsync(held), await book.PostedAsync(to)));
            Assert.Equal(HoldStatus.Captured, (await book.HoldAsync(hold)).State.Status);
            var released = (await book.MustAsync(new("hold") { From = other, Amount = Euros(cents) })).Answer.Number;
            Assert.Equal(cents, await book.HeldAsync(other));
            await book.MustAsync(new("release") { Hold = released });
            Assert.Equal((cents, 0L), (await book.PostedAsync(other), await book.HeldAsync(other)));
        }

        book.Ledger.Verify();
    }

    [Fact]
    public async Task A_hold_in_another_currency_is_captured_in_parts_at_the_quotes_of_their_days()
    {
        await using var book = await TestBook.CreateAsync(engine);
        var (from, to) = (await book.OpenAsync("EUR", "200"), await book.OpenAsync("USD", null));
        await book.MustAsync(new("quotes") { Currency = "USD", Amount = "900000" });
        var hold = (
            await book.MustAsync(
                new("hold")
                {
                    From = from,
                    To = to,
                    Amount = "100",
                    Currency = "USD",
                    MaxAmount = "110",
                    Seconds = 864_000
                })).Answer.Number;
        Assert.Equal(
            (90_00L, 99_00L), ((await book.HoldAsync(hold)).State.Authorised, (await book.HoldAsync(hold)).State.MaxAmount!.Value));
        long paid = 0;
        foreach (var (rate, part, euros) in new[] { ("910000", "30", 27_30L), ("950000", "30", 28_50L), ("960000", "40", 38_40L) })
        {
            book.Ledger.Clock.Now = book.Ledger.Clock.Now.AddDays(1);
            await book.MustAsync(new("quotes") { Currency = "USD", Amount = rate });
            await book.MustAsync(new("capture") { Hold = hold, Amount = part });
            paid += euros;
        }

        // The rates moved by 4.20 EUR above what was authorised, within the most that captures may take.
        Assert.Equal((200_00 - paid, 100_00L, 0L), (await book.PostedAsync(from), await book.PostedAsync(to), await book.HeldAsync(from)));
        Assert.Equal((HoldStatus.Captured, 4_20L), ((await book.HoldAsync(hold)).State.Status, (await book.HoldAsync(hold)).State.Over));
        book.Ledger.Verify();
    }

    [Fact]
    public async Task Reversals_in_any_split_and_either_currency_end_as_if_the_original_had_not_been()
    {
        var random = new Random(TestSeed.Next());
        await using var book = await TestBook.CreateAsync(engine);
        await book.MustAsync(new("quotes") { Currency = "JPY", Amount = "6137" });
        for (var round = 0; round < 12; round++)
        {
            var (from, to) = (await book.OpenAsync("EUR", "1000"), await book.OpenAsync("JPY", null));
            var transfer =
                (await book.MustAsync(new("transfer") { From = from, To = to, Amount = Euros(random.Next(100, 100_000)) })).Answer;
            var (euros, yen) = (-transfer.Entries[0].Amount, transfer.Entries[^1].Amount);
            var last = transfer.Number;
            while (euros > 0 || yen > 0)
            {
                var inYen = euros == 0 || (yen > 0 && random.Next(2) == 0);
                var part = random.NextInt64(1, (inYen ? yen : euros) + 1);
                var too = await book.DoAsync(new("reverse")
                {
                    Original = transfer.Number,
                    Amount = inYen ? Text(yen + 1) : Euros(euros + 1),
                    Currency = inYen ? "JPY" : "EUR",
                });
                Assert.Equal(ErrorCode.ReversalExceeds, too.Rejection?.Code);
                var entries = (await book.MustAsync(new("reverse")
                {
                    Original = transfer.Number,
                    Amount = inYen ? Text(part) : Euros(part),
                    Currency = inYen ? "JPY" : "EUR",
                })).Answer.Entries;
                euros -= entries.Where(entry => entry.Account == from).Sum(entry => entry.Amount);
                yen += entries.Where(entry => entry.Account == to).Sum(entry => entry.Amount);
                last = book.Head;
            }

            Assert.Equal((1_000_00L, 0L), (await book.PostedAsync(from), await book.PostedAsync(to)));
            Assert.Equal(ErrorCode.AlreadyReversed, (await book.DoAsync(new("reverse") { Original = transfer.Number })).Rejection?.Code);
            if (last == transfer.Number + 1)
            {
                await book.MustAsync(new("reverse") { Original = last });
                Assert.Equal(transfer.Entries[^1].Amount, await book.PostedAsync(to));
            }
        }

        book.Ledger.Verify();
    }

    [Fact]
    public async Task A_hundred_captures_releases_and_reversals_at_once_agree_with_the_journal()
    {
        await using var book = await TestBook.CreateAsync(engine);
        await using var second = book.Ledger.Join(7);
        var (from, to) = (await book.OpenAsync("EUR", "100"), await book.OpenAsync("EUR", null));
        var hold = (await book.MustAsync(new("hold") { From = from, To = to, Amount = "40" })).Answer.Number;
        var original = (await book.MustAsync(new("transfer") { From = from, To = to, Amount = "30" })).Answer.Number;
        var requests = Enumerable.Range(0, 100).Select(index => (index % 4) switch
        {
            0 => new ModelCommand("capture") { Hold = hold, Amount = "3", Key = $"race-{index}" },
            1 => new ModelCommand("release") { Hold = hold, Amount = "2", Key = $"race-{index}" },
            _ => new ModelCommand("reverse") { Original = original, Amount = "1", Key = $"race-{index}" },
        }).ToList();
        var outcomes = await Task.WhenAll(requests.Select((request, index) =>
            (index % 2 == 0 ? book.Ledger : second).Engine.SubmitAsync(TestLedger.Admin, Translation.ToRequest(request, default))
                .AsTask()));
        var done = requests.Zip(outcomes).Where(pair => pair.Second.IsAccepted).Select(pair => pair.First.Kind).ToList();
        var (captures, releases, reversals) =
            (done.Count(kind => kind == "capture"), done.Count(kind => kind == "release"), done.Count(kind => kind == "reverse"));
        var state = (await book.HoldAsync(hold)).State;
        Assert.Equal((300L * captures, 200L * releases), (state.Captured, state.Released));
        Assert.Equal(4_000, state.Captured + state.Released + state.Remaining);
        Assert.Equal(30, reversals);
        Assert.Equal(100_00 - state.Captured, await book.PostedAsync(from));
        Assert.Equal(state.Remaining, await book.HeldAsync(from));
        foreach (var (request, outcome) in requests.Zip(outcomes).Where(pair => pair.Second.IsAccepted))
        {
            var again = await second.Engine.SubmitAsync(TestLedger.Admin, Translation.ToRequest(request, default));
            Assert.True(again.IsReplay);
            Assert.Equal(outcome.Answer.Hash, again.Answer.Hash);
            Assert.Equal(
                outcome.Hold is { } then ? Translation.Show(then) : null, again.Hold is { } replayed ? Translation.Show(replayed) : null);
        }

        book.Ledger.Verify();
    }

    static IEnumerable<int> Split(Random random, int whole)
    {
        while (whole > 0)
        {
            var part = random.Next(1, whole + 1);
            yield return part;
            whole -= part;
        }
    }

    static string Euros(BigInteger cents) => Decimals.ToText(cents, "EUR");

    static string Text(long whole) => whole.ToString(CultureInfo.InvariantCulture);
}
