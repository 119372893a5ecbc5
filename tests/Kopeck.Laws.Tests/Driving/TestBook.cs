using System.Globalization;
using Kopeck.Engine.Requests;
using Kopeck.Laws.Tests.Model;
using Kopeck.Ledger.Holds;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Laws.Tests.Driving;

/// <summary>A book of its own, to which a test says what it wants in the model's words.</summary>
sealed class TestBook : IAsyncDisposable
{
    int keys;

    TestBook(TestLedger ledger) => Ledger = ledger;

    public TestLedger Ledger { get; }

    /// <summary>The number of the last operation that was made.</summary>
    public long Head { get; private set; }

    public static async Task<TestBook> CreateAsync(StoreEngine engine) => new(await TestLedger.CreateAsync(engine));

    /// <summary>A new customer's wallet, with money in it.</summary>
    public async Task<long> OpenAsync(string currency, string? amount)
    {
        var wallet = (await MustAsync(new("register") { Name = "Somebody", Country = "PT", Currency = currency })).Account!.Id;
        if (amount is not null)
            await MustAsync(new("deposit") { From = wallet, Amount = amount });
        return wallet;
    }

    public async Task<Outcome> MustAsync(ModelCommand command)
    {
        var outcome = await DoAsync(command);
        Assert.True(outcome.IsAccepted, $"{command.Kind}: {outcome.Rejection?.Detail}");
        Head = outcome.Answer.Number;
        return outcome;
    }

    public async Task<Outcome> DoAsync(ModelCommand command) => await Ledger.Engine.SubmitAsync(
        TestLedger.Admin,
        Translation.ToRequest(
            command with { Key = $"book-{(++keys).ToString(CultureInfo.InvariantCulture)}" },
            DateOnly.FromDateTime(Ledger.Clock.Now.UtcDateTime)));

    public async Task<long> PostedAsync(long account) => (await ReadAsync(account)).Posted;

    public async Task<long> HeldAsync(long account) => (await ReadAsync(account)).Held;

    public async Task<Hold> HoldAsync(long hold) =>
        (
            await Ledger.Engine.Reader(TestLedger.Book)
                .GetHoldAsync(TestLedger.Book, hold, null, TestContext.Current.CancellationToken)).Value!;

    public ValueTask DisposeAsync() => Ledger.DisposeAsync();

    async Task<Kopeck.Ledger.Accounts.Account> ReadAsync(long account) =>
        (await Ledger.Engine.GetAccountAsync(TestLedger.Book, account, TestContext.Current.CancellationToken)).Value!;
}
