using Kopeck.Stores.Tests.Expected;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Stores.Tests;

/// <summary>A database with a history of every kind of operation, between two other books in which much the same happened.</summary>
public abstract class FilledStoreTests : StoreTests
{
    readonly StoreEngine engine;
    readonly BookAuthor[] authors;

    /// <summary>Tests on an engine.</summary>
    protected FilledStoreTests(StoreEngine engine)
        : base(engine)
    {
        this.engine = engine;
        authors = [new("aaa", 7), Author, new("zzz", 8)];
        foreach (var author in authors)
        {
            Story.Play(author);
            Story.Reserve(author);
        }

        Story.Continue(Author, new Random(1), batches: 20, commands: 30);
        Expected = new ExpectedBook(Author.Batches);
    }

    /// <summary>Who wrote the book main.</summary>
    protected BookAuthor Author { get; } = new();

    /// <summary>What the store must answer about main.</summary>
    internal ExpectedBook Expected { get; }

    /// <summary>The same story each time, so the database is filled once and copied.</summary>
    protected override async Task<TestDatabase> MakeDatabaseAsync() => await (await engine.ImageAsync("filled", FillAsync)).CopyAsync();

    async Task FillAsync(TestDatabase database)
    {
        await using var store = database.Ledger.OpenStore();
        foreach (var author in authors)
            await CommitAllAsync(store, author);
    }
}
