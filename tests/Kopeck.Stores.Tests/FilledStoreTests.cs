using Kopeck.Stores.Tests.Expected;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Stores.Tests;

/// <summary>A database with a history of every kind of operation, between two other books in which much the same happened.</summary>
public abstract class FilledStoreTests(StoreEngine engine) : StoreTests(engine)
{
    /// <summary>Who wrote the book main.</summary>
    protected BookAuthor Author { get; } = new();

    /// <summary>What the store must answer about main.</summary>
    internal ExpectedBook Expected { get; private set; } = null!;

    /// <inheritdoc/>
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        BookAuthor[] authors = [new("aaa", 7), Author, new("zzz", 8)];
        foreach (var author in authors)
            Story.Play(author);
        Story.Continue(Author, new Random(1), batches: 20, commands: 30);
        foreach (var author in authors)
            await CommitAllAsync(author);

        Expected = new ExpectedBook(Author.Batches);
    }
}
