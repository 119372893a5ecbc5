using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Kopeck.Testing;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Verification.Tests;

/// <summary>A journal that was rewritten with right hashes from some place on, or cut off.</summary>
/// <param name="apart">One of so many operations is rewritten.</param>
public abstract class RewritingTests(History history, int apart)
{
    // Of every third operation there are more than three hundred cases.
    const int LeastCases = 900;

    const string Columns = "book, number, group_number, kind, at, actor, key, fingerprint, body, entries, hash, batch_key";

    [Fact]
    public async Task A_value_that_was_changed_with_all_hashes_after_it_is_found_in_what_is_derived_and_by_the_head()
    {
        await using var copy = await history.CopyLooseAsync();
        using var database = copy.OpenRaw();
        var original = Journal(database);
        var seen = 0;
        // Rows before it are as they were, whatever was tried last.
        var rewritten = 0;
        foreach (var column in new[] { 2, 3, 4, 5, 6, 7, 8, 9, 11 })
        {
            for (var index = 0; index < original.Count; index += apart)
            {
                var isFirst = true;
                foreach (var other in ValueTampering.Of(original[index][column]).Where(other => CanBeHashed(column, other)))
                {
                    var rows = original.Select(row => row.ToArray()).ToList();
                    rows[index][column] = other;
                    if (!TryRewrite(database, rows, index, Math.Min(index, rewritten)))
                        continue;
                    rewritten = index;
                    var what = $"operation {index + 1}, column {column}: {RawDatabase.Describe(other)}";
                    Assert.True(history.Verify(copy).Finding is not null, what);
                    // What is found without a head is found with one: seen once a place.
                    if (isFirst)
                        Assert.True(history.Verify(copy, history.Head).Finding is not null, what);
                    isFirst = false;
                    seen++;
                }
            }
        }

        Assert.True(seen > LeastCases / apart, $"{seen} cases");
        Rewrite(database, original, 0);
        Assert.Null(history.Verify(copy, history.Head).Finding);
    }

    [Fact]
    public async Task A_history_that_was_rewritten_with_everything_derived_is_found_only_by_a_head_that_was_noted_elsewhere()
    {
        await using var copy = await history.CopyAsync();
        using var database = copy.OpenRaw();
        var rows = Journal(database);
        var deposit = rows.FindLastIndex(row => ((string)row[8]!).Contains("salary", StringComparison.Ordinal));
        rows[deposit][8] = ((string)rows[deposit][8]!).Replace("salary", "bribes", StringComparison.Ordinal);
        Rewrite(database, rows, deposit);
        Assert.Equal("books", history.Verify(copy).Finding?.Table);
        Assert.Null((await copy.Ledger.RebuildAsync(history.Book, null)).Finding);

        Assert.Null(history.Verify(copy).Finding);
        var finding = history.Verify(copy, history.Head).Finding;
        Assert.Equal(("operations", "hash"), (finding?.Table, finding?.Column));
        Assert.Contains("rewritten", finding!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tail_that_was_cut_off_with_everything_derived_is_found_only_by_a_head_that_was_noted_elsewhere()
    {
        await using var copy = await history.CopyAsync();
        using var database = copy.OpenRaw();
        var end = database.Number(
            "SELECT max(number) FROM operations WHERE book = 'main' AND kind < 20 AND number = group_number AND number < ?",
            history.Head.Number);
        Assert.True(end < history.Head.Number);
        database.Run("DELETE FROM operations WHERE book = 'main' AND number > ?", end);
        Assert.NotNull(history.Verify(copy).Finding);
        Assert.Null((await copy.Ledger.RebuildAsync(history.Book, null)).Finding);

        Assert.Null(history.Verify(copy).Finding);
        Assert.Contains("cut off", history.Verify(copy, history.Head).Finding?.Problem, StringComparison.Ordinal);
        Assert.Contains("cut off", history.Verify(copy, (end + 1, default)).Finding?.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Money_that_the_rules_would_not_have_moved_is_found_although_every_hash_and_sum_is_right()
    {
        await using var copy = await history.CopyAsync();
        using var database = copy.OpenRaw();
        var original = Journal(database);
        var conversion = original.FindIndex(row => row[3] is 22L && ((string)row[8]!).Contains("exchange", StringComparison.Ordinal));

        // One more unit for the receiver, taken from the exchange account.
        var rows = original.Select(row => row.ToArray()).ToList();
        var entries = (byte[])rows[conversion][9]!;
        Add(entries, 2, -1);
        Add(entries, 3, 1);
        Rewrite(database, rows, conversion);
        var finding = history.Verify(copy).Finding!;
        Assert.Equal(
            ("operations", (conversion + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), "entries"),
            (finding.Table, finding.Key, finding.Column));

        // Another rate than the one in force.
        rows = original.Select(row => row.ToArray()).ToList();
        rows[conversion][8] = ((string)rows[conversion][8]!).Replace("0.0061", "0.0060", StringComparison.Ordinal)
            .Replace("0.006,", "0.0061,", StringComparison.Ordinal);
        Assert.NotEqual(original[conversion][8], rows[conversion][8]);
        Rewrite(database, rows, conversion);
        Assert.Equal((conversion + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), history.Verify(copy).Finding?.Key);
    }

    [Theory]
    [InlineData(3, "\"customer\":[0-9]+", "\"customer\":1", "no customer")]
    [InlineData(4, "\"customer\":[0-9]+", "\"customer\":999", "no customer")]
    [InlineData(5, "\"code\":\"fees\"", "\"code\":\"savings\"", "code")]
    [InlineData(6, "\"account\":[0-9]+", "\"account\":1", "no account")]
    [InlineData(7, "\"account\":[0-9]+", "\"account\":999", "no account")]
    [InlineData(8, "\"account\":[0-9]+", "\"account\":2", "no account")]
    [InlineData(9, "\"floorMinor\":100", "\"floorMinor\":1000000", "floor")]
    [InlineData(10, "\"USD\"", "\"EUR\"", "base currency")]
    [InlineData(10, "2026-11-2[0-9]", "2026-12-24", "too far ahead")]
    [InlineData(24, "\"heldMinor\":[0-9]+", "\"heldMinor\":1", "how the hold stands does not follow")]
    [InlineData(24, "\"account\":[0-9]+", "\"account\":1", "could not reserve")]
    [InlineData(25, "\"heldMinor\":[0-9]+", "\"heldMinor\":1", "what the account has reserved does not follow")]
    [InlineData(27, "\"id\":[0-9]+", "\"id\":1", "there is no hold")]
    [InlineData(28, "\"expiredMinor\":[0-9]+", "\"expiredMinor\":99", "does not follow from its expiry")]
    [InlineData(29, "\"capturedMinor\":[0-9]+", "\"capturedMinor\":1", "does not follow from what was taken")]
    [InlineData(30, "\"reversed\":\"partly\"", "\"reversed\":\"fully\"", "says wrongly")]
    [InlineData(30, "\"takenMinor\":[0-9]+", "\"takenMinor\":1", "is not what it takes back")]
    public async Task What_the_rules_would_have_refused_is_found_although_every_hash_is_right(
        int kind, string pattern, string replacement, string problem)
    {
        await using var copy = await history.CopyAsync();
        using var database = copy.OpenRaw();
        var rows = Journal(database);
        var index = rows.FindIndex(
            row => Equals(row[3], (long)kind) && Regex.IsMatch((string)row[8]!, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)));
        rows[index][8] = Regex.Replace((string)rows[index][8]!, pattern, replacement, RegexOptions.None, TimeSpan.FromSeconds(1));
        Rewrite(database, rows, index);

        var finding = history.Verify(copy).Finding!;

        Assert.Equal(
            ("operations", (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), "body"),
            (finding.Table, finding.Key, finding.Column));
        Assert.Contains(problem, finding.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_written_otherwise_than_today_is_right_when_its_bytes_hash_right()
    {
        await using var copy = await history.CopyAsync();
        using (var database = copy.OpenRaw())
        {
            var rows = Journal(database);
            var place = rows.FindIndex(row => ((string)row[8]!).Contains("description", StringComparison.Ordinal));
            // As a writer who escapes more would have written it, with a member that nobody knows yet.
            var body = (string)rows[place][8]!;
            rows[place][8] = body.Replace("salary", "s\\u0061lary", StringComparison.Ordinal)[..^1] + ",\"later\":{\"x\":[1]}}";
            Assert.NotEqual(body, rows[place][8]);
            Rewrite(database, rows, place);
        }

        // The heads and the quotes' hash in the book's row are derived: a rebuild says them anew.
        var rebuilt = await copy.Ledger.RebuildAsync(history.Book, null);
        Assert.True(rebuilt.Finding is null, rebuilt.Finding?.ToString());
        var result = history.Verify(copy);
        Assert.True(result.Finding is null, result.Finding?.ToString());
    }

    [Fact]
    public async Task An_export_hashes_to_the_same_as_an_independent_reading_of_the_documented_form()
    {
        await using var copy = await history.CopyAsync();
        using var database = copy.OpenRaw();
        var rows = Journal(database);
        var secret = Secret(database);
        var previous = new byte[32];
        foreach (var row in rows)
            Assert.Equal(row[10], previous = HashOf(secret, previous, row));
        Assert.Equal(history.Head.Hash.ToBytes(), previous);
    }

    static void Add(byte[] entries, int place, long change)
    {
        foreach (var offset in new[] { 12, 20 })
        {
            var field = entries.AsSpan(place * 28 + offset, 8);
            BinaryPrimitives.WriteInt64BigEndian(field, BinaryPrimitives.ReadInt64BigEndian(field) + change);
        }
    }

    static bool CanBeHashed(int column, object? other) => column switch
    {
        2 or 4 => other is long,
        3 => other is >= 0L and < 1000L,
        5 or 8 => other is string,
        6 => other is string or null,
        7 => other is byte[] { Length: 32 },
        11 => other is byte[] or null,
        _ => other is byte[],
    };

    static List<object?[]> Journal(RawDatabase database) =>
        [.. database.Query($"SELECT {Columns} FROM operations WHERE book = 'main' ORDER BY number")];

    static void Rewrite(RawDatabase database, List<object?[]> rows, int from) => Assert.True(TryRewrite(database, rows, from));

    // False where the database does not take a value at all.
    static bool TryRewrite(RawDatabase database, List<object?[]> rows, int from, int kept = 0)
    {
        var secret = Secret(database);
        database.Run("BEGIN");
        database.Run("DELETE FROM operations WHERE book = 'main' AND number > ?", (long)kept);
        for (var index = kept; index < rows.Count; index++)
        {
            if (index >= from)
                rows[index][10] = HashOf(secret, index == 0 ? new byte[32] : (byte[])rows[index - 1][10]!, rows[index]);
            if (database.TryRun($"INSERT INTO operations ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows[index]))
                continue;
            database.Run("ROLLBACK");
            return false;
        }

        database.Run("COMMIT");
        return true;
    }

    static byte[] Secret(RawDatabase database) => (byte[])database.Query("SELECT secret FROM books WHERE book = 'main'").Single()[0]!;

    // Written from docs/journal.md, not from the program.
    static byte[] HashOf(byte[] secret, byte[] previous, object?[] row)
    {
        var head = new List<byte>();
        AddSized(head, Encoding.ASCII.GetBytes((string)row[0]!));
        AddNumber(head, (long)row[1]!, 8);
        AddNumber(head, (long)row[2]!, 8);
        AddNumber(head, (long)row[3]!, 4);
        AddNumber(head, (long)row[4]!, 8);
        AddSized(head, Encoding.UTF8.GetBytes((string)row[5]!));
        AddSized(head, row[6] is string key ? SHA256.HashData(Encoding.UTF8.GetBytes(key))[..16] : []);
        AddSized(head, row[11] as byte[] ?? []);
        head.AddRange((byte[])row[7]!);
        var leaves = new List<(byte Kind, byte[] Bytes)> { (1, [.. head]), (2, Encoding.UTF8.GetBytes((string)row[8]!)) };
        leaves.AddRange(((byte[])row[9]!).Chunk(28).Select(entry => ((byte)3, entry)));

        var number = new List<byte>();
        AddNumber(number, (long)row[1]!, 8);
        var seed = HMACSHA256.HashData(secret, number.ToArray());
        var form = new List<byte>();
        form.AddRange("kopeck-operation-2"u8);
        form.AddRange(previous);
        for (var leaf = 0; leaf < leaves.Count; leaf++)
        {
            var counted = new List<byte>(seed);
            AddNumber(counted, leaf / 2, 4);
            var salt = SHA256.HashData([.. counted]).AsSpan(leaf % 2 * 16, 16);
            form.AddRange(SHA256.HashData([.. salt, leaves[leaf].Kind, .. leaves[leaf].Bytes]));
        }

        return SHA256.HashData([.. form]);
    }

    static void AddSized(List<byte> form, byte[] bytes)
    {
        AddNumber(form, bytes.Length, 4);
        form.AddRange(bytes);
    }

    static void AddNumber(List<byte> form, long number, int length)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        form.AddRange(bytes[^length..]);
    }
}

public sealed class SqliteRewritingTests(SqliteHistory history) : RewritingTests(history, apart: 3), IClassFixture<SqliteHistory>;

public sealed class PostgresRewritingTests(
    PostgresHistory history) : RewritingTests(history, apart: TestSeed.Scale > 1 ? 3 : 12), IClassFixture<PostgresHistory>;
