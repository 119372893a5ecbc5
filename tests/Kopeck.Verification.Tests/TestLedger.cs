using System.Globalization;
using Kopeck.Engine;
using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Rules;
using Kopeck.Testing.Stores.Engines;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kopeck.Verification.Tests;

/// <summary>The engine on a database, as a server would run it, with repeatable time and salts.</summary>
sealed class TestLedger : IAsyncDisposable
{
    readonly ILedgerStore store;
    readonly Caller caller;
    int keys;

    public TestLedger(TestDatabase database, string book = "main")
    {
        store = database.Ledger.OpenStore();
        Book = BookName.Parse(book);
        caller = new Caller(Book, KeyName.Parse("tester"), Scopes.Admin);
        Engine = new LedgerEngine(store, new EngineOptions(), Clock, new CountingSalts(), NullLogger<LedgerEngine>.Instance);
    }

    public BookName Book { get; }

    public TestClock Clock { get; } = new();

    public LedgerEngine Engine { get; }

    public static Currency Currency(string code) =>
        Kopeck.Ledger.Money.Currency.TryFind(code, out var found) ? found : throw new ArgumentException(code, nameof(code));

    public static DecimalAmount Amount(string text) =>
        DecimalAmount.TryParse(text, out var amount, out var error) ? amount : throw new ArgumentException(error.Detail, nameof(text));

    public static CustomerDetails Details(string name, string city, string? code, string? metadata)
    {
        var texts = new string?[CustomerDetails.Columns.Count];
        foreach (var (column, text)
            in new[]
            {
                (Tables.PersonalValues.Name, name),
                (Tables.PersonalValues.City, city),
                (Tables.PersonalValues.Code, code),
                (Tables.PersonalValues.Metadata, metadata)
            })
            texts[PlaceOf(column)] = text;
        return CustomerDetails.TryCreate(texts, out var details, out var errors)
            ? details
            : throw new ArgumentException(errors[0].Item2.Detail, nameof(name));
    }

    public static int PlaceOf(Column column) => CustomerDetails.Columns.Index().First(item => item.Item.Name == column.Name).Index;

    public async Task OpenBookAsync() =>
        Assert.Null((await Engine.OpenBookAsync(Book, Currency("EUR"), 7, KeyName.Parse("operator"))).Rejection);

    /// <summary>Does a command that must be accepted.</summary>
    public async Task<Outcome> DoAsync(Command command)
    {
        var outcome = await Engine.SubmitAsync(
            caller,
            new Request { Command = command, Key = IdempotencyKey.Parse("key-" + (++keys).ToString(CultureInfo.InvariantCulture)) });
        Assert.True(outcome.IsAccepted, $"{command.Name}: {outcome.Rejection?.Detail}");
        return outcome;
    }

    /// <summary>Does a batch under a key of its own; those of its items must be accepted.</summary>
    public async Task DoBatchAsync(params IReadOnlyList<Command> commands)
    {
        var key = IdempotencyKey.Parse("key-" + (++keys).ToString(CultureInfo.InvariantCulture));
        var outcome = await Engine.SubmitBatchAsync(
            caller, [.. commands.Select(command => new Request { Command = command })], atomic: false, key: key);
        Assert.All(outcome.Outcomes, item => Assert.True(item.IsAccepted, item.Rejection?.Detail));
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await store.DisposeAsync();
    }

    sealed class CountingSalts : ISaltSource
    {
        int count;

        public Digest Next() => Digest.Of(BitConverter.GetBytes(Interlocked.Increment(ref count)));
    }
}
