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
        foreach (var (index, author) in new[] { new BookAuthor("aaa", 7), Author, new BookAuthor("zzz", 8) }.Index())
        {
            Story.Play(author);
            Story.Continue(author, new Random(index), 25, 25);
            await CommitAllAsync(author);
        }

        Expected = new ExpectedBook(Author.Batches);
    }
}
