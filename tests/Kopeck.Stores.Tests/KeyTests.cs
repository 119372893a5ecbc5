using Kopeck.Engine.Keys;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Stores.Tests;

/// <summary>API keys: made once, found by digest, revoked for good, in the order of their bytes.</summary>
public abstract class KeyTests(StoreEngine engine) : StoreTests(engine)
{
    static readonly BookName Other = BookName.Parse("other");

    /// <inheritdoc/>
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Assert.True(await Store.CommitAsync(new BookAuthor().Open(), null));
        Assert.True(await Store.CommitAsync(new BookAuthor("other").Open(), null));
    }

    [Fact]
    public async Task A_key_is_found_by_its_digest_on_every_node()
    {
        ApiKey[] keys =
        [
            Key(Main, "admin", Scopes.Admin), Key(Main, "reader", Scopes.Read), Key(Other, "admin", Scopes.Cash | Scopes.Quotes),
            Key(null, "admin", Scopes.None), Key(null, "operator", Scopes.None)
        ];
        foreach (var key in keys)
            Assert.True(await Store.AddKeyAsync(key, Token));
        var node = OpenStore();
        foreach (var key in keys)
            Assert.Equal(key, await node.FindKeyAsync(key.Digest, Token));
        Assert.Null(await node.FindKeyAsync(Digest.Of("nobody"u8), Token));
        Assert.Equal([keys[0], keys[1]], await node.ListKeysAsync(Main, Token));
        Assert.Equal([keys[2]], await node.ListKeysAsync(Other, Token));
        Assert.Equal([keys[3], keys[4]], await node.ListKeysAsync(null, Token));
        Assert.Empty(await node.ListKeysAsync(BookName.Parse("nobody"), Token));
    }

    [Fact]
    public async Task A_book_and_its_first_key_come_together_or_not_at_all()
    {
        var name = BookName.Parse("third");
        var (first, second) = (Key(name, "admin", Scopes.Admin), Key(name, "admin", Scopes.Read) with { Digest = Digest.Of("late"u8) });
        var (opening, late) = (new BookAuthor("third").Open(), new BookAuthor("third", 7).Open("USD", 3));
        Assert.True(AllowedNetworks.TryParse(KeyNetworks.Parse("10.0.0.0/8"), out var networks));
        first = first with { Terms = new KeyTerms(new Instant(900), networks, 50) };
        opening.ApiKeys.Add(first);
        late.ApiKeys.Add(second);
        Assert.True(await Store.CommitAsync(opening, null));
        Assert.False(await OpenStore().CommitAsync(late, null));
        Assert.Equal([first], await Store.ListKeysAsync(name, Token));
        Assert.Equal(first, await OpenStore().FindKeyAsync(first.Digest, Token));
        Assert.Null(await Store.FindKeyAsync(second.Digest, Token));
    }

    [Fact]
    public async Task A_name_is_given_once_also_after_it_was_revoked()
    {
        foreach (var book in new BookName?[] { Main, null })
        {
            await KeepAsync(book);
            Assert.True(await Store.AddKeyAsync(Key(book, "once", Scopes.None), Token));
            Assert.False(
                await OpenStore().AddKeyAsync(Key(book, "once", Scopes.None, "second"), Token, () => Assert.Fail("the name is not free")));
            Assert.NotNull(await Store.RevokeKeyAsync(book, KeyName.Parse("once"), new Instant(7), Token));
            Assert.False(
                await Store.AddKeyAsync(Key(book, "once", Scopes.None, "third"), Token, () => Assert.Fail("the name is not free")));
            Assert.True(await Store.AddKeyAsync(Key(book, "Once", Scopes.None), Token));
        }
    }

    [Fact]
    public async Task A_revoked_key_stays_revoked_at_its_first_instant()
    {
        foreach (var book in new BookName?[] { Main, null })
        {
            var keeper = await KeepAsync(book);
            var key = Key(book, "gone", Scopes.None);
            await Store.AddKeyAsync(key, Token);
            var revoked = key with { RevokedAt = new Instant(70) };
            Assert.Equal(revoked, await Store.RevokeKeyAsync(book, key.Name, new Instant(70), Token));
            Assert.Equal(revoked, await OpenStore().RevokeKeyAsync(book, key.Name, new Instant(90), Token));
            Assert.Equal(revoked, await Store.FindKeyAsync(key.Digest, Token));
            Assert.Equal([revoked, keeper], await Store.ListKeysAsync(book, Token));
            Assert.Null(await Store.RevokeKeyAsync(book, KeyName.Parse("nobody"), new Instant(1), Token));
        }
    }

    [Fact]
    public async Task Of_many_nodes_that_make_a_key_of_one_name_one_does_and_keeps_its_secret()
    {
        for (var round = 0; round < 15; round++)
        {
            var book = round % 2 == 0 ? Main : (BookName?)null;
            var keys = Enumerable.Range(0, 4).Select(node => Key(book, $"race-{round}", Scopes.None, $"secret-{node}")).ToList();
            var kept = new System.Collections.Concurrent.ConcurrentQueue<Digest>();
            var done = await Task.WhenAll(keys.Select(key => Task.Run(
                async () =>
                {
                    await using var node = Database.Ledger.OpenStore();
                    return await node.AddKeyAsync(key, Token, () => kept.Enqueue(key.Digest));
                },
                Token)));
            var winner = keys[Assert.Single(done.Index(), item => item.Item).Index];
            Assert.Equal(winner, await Store.FindKeyAsync(winner.Digest, Token));
            // Who kept a secret last is who stored it.
            Assert.Equal(winner.Digest, kept.Last());
            Assert.Single(kept.Distinct());
        }
    }

    [Fact]
    public async Task A_key_whose_secret_cannot_be_kept_is_not_stored()
    {
        var key = Key(Main, "lost", Scopes.Read);
        await Assert.ThrowsAsync<IOException>(
            async () => await Store.AddKeyAsync(key, Token, () => throw new IOException("the disk is full")));
        Assert.Null(await Store.FindKeyAsync(key.Digest, Token));
        Assert.True(await Store.AddKeyAsync(key, Token));
    }

    [Fact]
    public async Task Of_many_nodes_that_revoke_a_key_the_first_instant_counts_for_all()
    {
        await KeepAsync(null);
        for (var round = 0; round < 15; round++)
        {
            var key = Key(round % 2 == 0 ? Main : null, $"revoked-{round}", Scopes.None);
            await Store.AddKeyAsync(key, Token);
            var nodes = new[] { Store, OpenStore(), OpenStore() };
            var answers = await Task.WhenAll(
                nodes.Select(
                    (node, index) =>
                        Task.Run(async () => await node.RevokeKeyAsync(key.Book, key.Name, new Instant(index + 1), Token), Token)));
            var stored = (await Store.FindKeyAsync(key.Digest, Token))!;
            Assert.NotNull(stored.RevokedAt);
            Assert.All(answers, answer => Assert.Equal(stored, answer));
        }
    }

    [Fact]
    public async Task The_last_key_that_can_manage_a_book_or_the_books_stays_valid()
    {
        foreach (var book in new BookName?[] { Main, null })
        {
            var first = Key(book, "first", Scopes.Admin);
            var second = Key(book, "second", Scopes.Admin);
            await Store.AddKeyAsync(first, Token);
            if (book is not null)
            {
                // Who may do less, and another book's administrator, cannot manage it.
                await Store.AddKeyAsync(Key(book, "helper", Scopes.Cash | Scopes.Quotes), Token);
                await Store.AddKeyAsync(Key(Other, "elsewhere", Scopes.Admin), Token);
            }

            Assert.Equal(first, await Store.RevokeKeyAsync(book, first.Name, new Instant(8), Token));
            Assert.Equal(first, await OpenStore().FindKeyAsync(first.Digest, Token));
            await Store.AddKeyAsync(second, Token);
            Assert.Equal(first with { RevokedAt = new Instant(9) }, await Store.RevokeKeyAsync(book, first.Name, new Instant(9), Token));
            Assert.Equal(second, await OpenStore().RevokeKeyAsync(book, second.Name, new Instant(10), Token));
        }

        Assert.NotNull((await Store.RevokeKeyAsync(Main, KeyName.Parse("helper"), new Instant(11), Token))!.RevokedAt);
    }

    [Fact]
    public async Task Of_administrators_who_revoke_each_other_on_several_nodes_one_stays()
    {
        for (var round = 0; round < 15; round++)
        {
            var book = round % 2 == 0 ? Main : (BookName?)null;
            var keys = Enumerable.Range(0, 3).Select(one => Key(book, $"admin-{round}-{one}", Scopes.Admin)).ToList();
            foreach (var key in keys)
                await Store.AddKeyAsync(key, Token);
            // Those of earlier rounds go first, so that this round's are all there are.
            foreach (var earlier in (await Store.ListKeysAsync(book, Token)).Where(key => key.RevokedAt is null && !keys.Contains(key)))
                Assert.NotNull((await Store.RevokeKeyAsync(book, earlier.Name, new Instant(6), Token))!.RevokedAt);
            var nodes = new[] { Store, OpenStore(), OpenStore() };
            var answers = await Task.WhenAll(
                keys.Select(
                    (key, index) => Task.Run(async () => await nodes[index].RevokeKeyAsync(book, key.Name, new Instant(7), Token), Token)));
            Assert.Single(answers, answer => answer!.RevokedAt is null);
            Assert.Single(await Store.ListKeysAsync(book, Token), key => key.RevokedAt is null);
        }
    }

    [Fact]
    public async Task Keys_are_listed_in_the_order_of_their_names_bytes()
    {
        string[] names = ["b", "a", "B", "A", "a-b", "ab", "a.b", "a_b", "aB", "a1", "1", "a-", "a--b", "Zz", "zZ"];
        foreach (var book in new BookName?[] { Main, null })
        {
            foreach (var name in names)
                await Store.AddKeyAsync(Key(book, name, Scopes.None), Token);
            Assert.Equal(names.Order(StringComparer.Ordinal), (await Store.ListKeysAsync(book, Token)).Select(key => key.Name.Value));
        }
    }

    [Fact]
    public async Task Every_combination_of_scopes_comes_back()
    {
        foreach (var scopes
            in Enumerable.Range(0, 16).Select(bits => (Scopes)bits).Where(scopes => scopes != Scopes.None).Append(Scopes.Admin))
        {
            var key = Key(Main, $"scopes-{(int)scopes}", scopes);
            await Store.AddKeyAsync(key, Token);
            Assert.Equal(key, await Store.FindKeyAsync(key.Digest, Token));
        }
    }

    [Fact]
    public async Task Terms_digests_and_the_last_use_of_a_key_come_back_on_every_node()
    {
        Assert.True(AllowedNetworks.TryParse(KeyNetworks.Parse("10.0.0.0/8,2001:db8::/32"), out var networks));
        foreach (var book in new BookName?[] { Main, null })
        {
            await KeepAsync(book);
            var made = Key(book, "termed", Scopes.Read) with { Terms = new KeyTerms(new Instant(900), networks, 50) };
            Assert.True(await Store.AddKeyAsync(made, Token));
            var node = OpenStore();
            Assert.Equal(made, await node.FindKeyAsync(made.Digest, Token));

            var turned = made with
            {
                Digest = Digest.Of(System.Text.Encoding.UTF8.GetBytes($"turned {book}")),
                OldDigest = made.Digest,
                OldUntil = new Instant(800),
                Terms = KeyTerms.None,
            };
            Assert.Equal(turned, await Store.ChangeKeyAsync(book, made.Name, (_, _) => turned, Token));
            Assert.Equal(turned, await node.FindKeyAsync(turned.Digest, Token));
            Assert.Equal(turned, await node.FindKeyAsync(made.Digest, Token));
            await node.NoteUseAsync(book, made.Name, new Instant(77), Token);
            Assert.Equal(turned with { LastUsedAt = new Instant(77) }, await Store.FindKeyAsync(turned.Digest, Token));

            Assert.Equal(77, (await Store.ChangeKeyAsync(book, made.Name, (_, _) => null, Token))!.LastUsedAt!.Value.Microseconds);
            Assert.Null(await Store.ChangeKeyAsync(book, KeyName.Parse("nobody"), (_, _) => throw new InvalidOperationException(), Token));
        }
    }

    [Fact]
    public async Task A_change_sees_all_keys_of_the_owner_as_the_change_before_it_left_them()
    {
        foreach (var book in new BookName?[] { Main, null })
        {
            var nodes = Enumerable.Range(0, 6).Select(_ => OpenStore()).ToList();
            var keys = nodes.Select((_, index) => Key(book, $"one-of-{index}", Scopes.Admin)).ToList();
            foreach (var key in keys)
                await Store.AddKeyAsync(key, Token);
            // Each gives its own key an end, unless it is the last without one.
            await Task.WhenAll(nodes.Select((node, index) => Task.Run(
                async () => await node.ChangeKeyAsync(
                    book, keys[index].Name,
                    (found, all) => all.Count(key => key.IsManaging) > 1
                        ? found with { Terms = new KeyTerms(new Instant(9), null, null) }
                        : null,
                    Token),
                Token)));
            Assert.Single(await Store.ListKeysAsync(book, Token), key => key.IsManaging);
        }
    }

    [Fact]
    public async Task A_key_with_an_end_does_not_count_as_one_that_can_manage()
    {
        foreach (var book in new BookName?[] { Main, null })
        {
            var lasting = Key(book, "lasting", Scopes.Admin);
            await Store.AddKeyAsync(lasting, Token);
            await Store.AddKeyAsync(Key(book, "ending", Scopes.Admin) with { Terms = new KeyTerms(new Instant(900), null, null) }, Token);
            Assert.Equal(lasting, await Store.RevokeKeyAsync(book, lasting.Name, new Instant(7), Token));
        }
    }

    /// <summary>A key beside the one that is tested, which is then not the last.</summary>
    async Task<ApiKey> KeepAsync(BookName? book)
    {
        var keeper = Key(book, "keeper", Scopes.Admin);
        Assert.True(await Store.AddKeyAsync(keeper, Token));
        return keeper;
    }

    static ApiKey Key(BookName? book, string name, Scopes scopes, string secret = "") =>
        new(
            book, KeyName.Parse(name), Digest.Of(System.Text.Encoding.UTF8.GetBytes($"{book} {name} {secret}")),
            book is null ? Scopes.None : scopes == Scopes.None ? Scopes.Read : scopes, new Instant(5), null);
}
