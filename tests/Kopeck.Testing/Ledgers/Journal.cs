using System.Globalization;
using System.Text.Json;

namespace Kopeck.Testing;

/// <summary>A movement as the API shows it.</summary>
public sealed record ShownEntry(string Account, decimal Amount, string Currency, decimal Balance);

/// <summary>An operation as the API shows it, to the byte.</summary>
public sealed record ShownOperation(long Id, long Group, string Kind, string? Key, IReadOnlyList<ShownEntry> Entries, string Text);

/// <summary>A book's whole journal, read over HTTP, and the laws that can be seen from outside.</summary>
public sealed class Journal
{
    readonly List<ShownOperation> operations = [];

    public IReadOnlyList<ShownOperation> Operations => operations;

    public static async Task<Journal> ReadAsync(Server server)
    {
        var journal = new Journal();
        string? next = null;
        do
        {
            var reply = await server.GetAsync("/v1/operations?order=asc&limit=1000" + (next is null ? "" : "&cursor=" + next));
            Assert.True(reply.Status == 200, reply.Body);
            using var page = JsonDocument.Parse(reply.Body);
            foreach (var item in page.RootElement.GetProperty("items").EnumerateArray())
                journal.operations.Add(Read(item));
            next = page.RootElement.GetProperty("next").GetString();
        }
        while (next is not null);
        return journal;
    }

    /// <summary>The operations that carry out a request with this key: what only opens accounts on the way is left out.</summary>
    public IEnumerable<ShownOperation> EffectsOf(string key) =>
        operations.Where(operation => operation.Key == key && operation.Kind != "account_opened");

    /// <summary>Numbers without gaps, groups that are whole, currencies that sum to zero, balances that follow from one another.</summary>
    public void AssertLaws()
    {
        var balances = new Dictionary<string, decimal>();
        for (var place = 0; place < operations.Count; place++)
        {
            var operation = operations[place];
            Assert.Equal(place + 1, operation.Id);
            // A group ends with the operation that it is named after, so a cut-off one would be followed by another group's.
            Assert.True(
                operation.Group == operation.Id || (place + 1 < operations.Count && operations[place + 1].Group == operation.Group),
                $"group {operation.Group} is not whole: {operation.Text}");
            Assert.All(operation.Entries.GroupBy(entry => entry.Currency), entries => Assert.Equal(0, entries.Sum(entry => entry.Amount)));
            foreach (var entry in operation.Entries)
                Assert.Equal(balances[entry.Account] = balances.GetValueOrDefault(entry.Account) + entry.Amount, entry.Balance);
        }
    }

    /// <summary>The balance of an account as its entries say.</summary>
    public decimal BalanceOf(string account) =>
        operations.SelectMany(operation => operation.Entries).Where(entry => entry.Account == account).Sum(entry => entry.Amount);

    static ShownOperation Read(JsonElement json) => new(
        long.Parse(json.GetProperty("id").GetString()!, CultureInfo.InvariantCulture),
        long.Parse(json.GetProperty("group").GetString()!, CultureInfo.InvariantCulture),
        json.GetProperty("kind").GetString()!,
        json.GetProperty("key").GetString(),
        [.. json.GetProperty("entries").EnumerateArray().Select(ReadEntry)],
        json.GetRawText());

    static ShownEntry ReadEntry(JsonElement json) => new(
        json.GetProperty("account").GetString()!,
        decimal.Parse(json.GetProperty("amount").GetString()!, CultureInfo.InvariantCulture),
        json.GetProperty("currency").GetString()!,
        decimal.Parse(json.GetProperty("balance").GetString()!, CultureInfo.InvariantCulture));
}
