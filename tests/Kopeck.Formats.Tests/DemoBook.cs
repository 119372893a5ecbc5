using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Sqlite;
using Kopeck.Testing;

[assembly: AssemblyFixture(typeof(Kopeck.Formats.Tests.DemoBook))]

namespace Kopeck.Formats.Tests;

/// <summary>The book that <c>kopeck demo</c> makes, once for all tests.</summary>
public sealed class DemoBook : IDisposable
{
    readonly TestFolder folder = new();

    public DemoBook()
    {
        Shell.Run(Shell.Kopeck, "demo", "--database", Database, "--keys", folder.Path);
    }

    public BookName Name { get; } = BookName.Parse("main");

    public string Database => "sqlite:" + folder.File("demo.db");

    /// <summary>The store; the caller disposes it.</summary>
    public ILedgerStore OpenStore() => new SqliteLedgerDatabase(folder.File("demo.db")).OpenStore();

    /// <summary>The ids of its customers.</summary>
    public async Task<IReadOnlyList<long>> CustomersAsync()
    {
        await using var store = OpenStore();
        var page = await store.ListCustomersAsync(
            Name, new CustomerFilter(), new PageRequest(null, IsAscending: true, 1_000), TestContext.Current.CancellationToken);
        return [.. page.Value.Items.Select(customer => customer.Id)];
    }

    /// <summary>A statement by the command line.</summary>
    public void Draw(string format, string file, params string[] arguments) =>
        Shell.Run(Shell.Kopeck, ["statement", "--database", Database, "--format", format, "--output", file, .. arguments]);

    public void Dispose() => folder.Dispose();
}
