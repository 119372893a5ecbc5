using Kopeck.Api;
using Kopeck.Api.Calls;
using Kopeck.Ledger.Errors;
using Kopeck.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Kopeck.Embedded.Tests;

/// <summary>How a ledger is opened: in memory, one that must exist, in a container, and what is thrown where it cannot be.</summary>
public sealed class OpeningTests
{
    [Fact]
    public async Task Ledgers_in_memory_are_fresh_share_nothing_and_leave_nothing()
    {
        var before = Leftovers();
        await using (var first = await KopeckLedger.OpenAsync(":memory:"))
        await using (var second = await KopeckLedger.OpenAsync(":memory:"))
        {
            foreach (var ledger in new[] { first, second })
            {
                Assert.Equal(3, (await ledger.DoAsync(Ada())).Value.Wallet!.Id);
                Assert.Null((await ledger.VerifyAsync()).Finding);
            }
        }

        Assert.False(File.Exists(":memory:"));
        Assert.Subset(before, Leftovers());
    }

    [Fact]
    public async Task A_ledger_that_must_exist_is_not_made()
    {
        using var folder = new Folder();
        var mustExist = new LedgerOptions { MustExist = true };
        var path = Path.Combine(folder.Path, "absent", "ledger.db");
        var refused = await Assert.ThrowsAsync<LedgerException>(() => KopeckLedger.OpenAsync(path, mustExist));
        Assert.Equal(ErrorCode.NotFound, refused.Code);
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));

        await (await KopeckLedger.OpenAsync(folder.Database)).DisposeAsync();
        await (await KopeckLedger.OpenAsync(folder.Database, mustExist)).DisposeAsync();
        refused = await Assert.ThrowsAsync<LedgerException>(
            () => KopeckLedger.OpenAsync(folder.Database, mustExist with { Book = "branch" }));
        Assert.Equal(ErrorCode.NotFound, refused.Code);
    }

    [Fact]
    public async Task What_is_no_database_is_refused_as_everything_is()
    {
        using var folder = new Folder();
        await File.WriteAllTextAsync(folder.Database, new string('x', 10_000));
        var refused = await Assert.ThrowsAsync<LedgerException>(() => KopeckLedger.OpenAsync(folder.Database));
        Assert.Equal(ErrorCode.StorageUnavailable, refused.Code);
        Assert.NotNull(refused.InnerException);
    }

    [Fact]
    public async Task Opening_verifying_and_copying_can_be_cancelled()
    {
        using var folder = new Folder();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => KopeckLedger.OpenAsync(folder.Database, cancellationToken: cancelled.Token));
        await using var ledger = await KopeckLedger.OpenAsync(folder.Database);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ledger.VerifyAsync(cancellationToken: cancelled.Token));
        var copy = Path.Combine(folder.Path, "copy.db");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ledger.BackupAsync(copy, cancelled.Token));
        Assert.False(File.Exists(copy));
    }

    [Fact]
    public async Task A_container_holds_one_ledger_and_closes_it()
    {
        using var folder = new Folder();
        var services = new ServiceCollection().AddKopeckLedger(folder.Database, new LedgerOptions { BaseCurrency = "USD" });
        await using (var provider = services.BuildServiceProvider())
        {
            var ledger = provider.GetRequiredService<KopeckLedger>();
            Assert.Same(ledger, provider.GetRequiredService<KopeckLedger>());
            Assert.Equal("USD", (await ledger.DoAsync(new GetBookRequest())).Value.BaseCurrency);
        }

        // Closed without waiting, too, as some containers do.
        using (var provider = services.BuildServiceProvider())
            Assert.NotNull(provider.GetRequiredService<KopeckLedger>());
        Assert.False(File.Exists(folder.Database + "-wal"));
    }

    static HashSet<string> Leftovers() =>
    [
        .. new[] { "/dev/shm", Path.GetTempPath() }.Where(Directory.Exists)
            .SelectMany(folder => Directory.GetDirectories(folder, "kopeck-memory-*")),
    ];

    static RegisterCustomerRequest Ada() => new() { Name = "Ada", Country = "GB", City = "London", Currency = "EUR" };
}
