using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Stores.Tests;

/// <summary>How nodes learn how far journals reach.</summary>
public abstract class HeadTests(StoreEngine engine) : StoreTests(engine)
{
    static readonly BookName Nobody = BookName.Parse("nobody");
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Heads_are_those_of_the_books_that_were_asked_for_and_are_there()
    {
        var main = await OpenBookAsync();
        var other = await OpenBookAsync("other");
        var heads = await Store.ReadHeadsAsync([Main, Nobody], Token);
        Assert.Equal([KeyValuePair.Create(Main, main.Row!.Head.Number)], heads);
        heads = await OpenStore().ReadHeadsAsync([BookName.Parse("other"), Main], Token);
        Assert.Equal((2, other.Row!.Head.Number), (heads.Count, heads[BookName.Parse("other")]));
        Assert.Empty(await Store.ReadHeadsAsync([], Token));
    }

    [Fact]
    public async Task A_commit_is_told_to_whoever_listens_where_the_store_tells_of_commits()
    {
        if (!Store.TellsCommits)
        {
            Assert.Throws<NotSupportedException>(() => { _ = Store.ListenAsync(() => { }, (_, _) => { }, Token); });
            return;
        }

        var author = await OpenBookAsync();
        using var stop = new CancellationTokenSource();
        var listening = new TaskCompletionSource();
        var told = new TaskCompletionSource<(BookName, long)>();
        var ended = OpenStore().ListenAsync(
            () => listening.TrySetResult(), (book, number) => told.TrySetResult((book, number)), stop.Token);
        await listening.Task.WaitAsync(Patience, Token);
        var rows = author.Write(new OpenInternalAccount(AccountCode.Parse("fees"), Currency("EUR"), 0));
        Assert.True(await Store.CommitAsync(rows, null));
        Assert.Equal((Main, rows.Next.Head.Number), await told.Task.WaitAsync(Patience, Token));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ended.WaitAsync(Patience, Token));
    }

    [Fact]
    public async Task A_store_that_takes_writes_says_so() => await Store.CheckAsync(Token);

    async Task<BookAuthor> OpenBookAsync(string name = "main")
    {
        var author = new BookAuthor(name);
        Assert.True(await Store.CommitAsync(author.Open(), null));
        return author;
    }
}
