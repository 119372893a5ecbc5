using CsCheck;
using Kopeck.Ledger.Fields;
using SQLitePCL;

namespace Kopeck.Fields.Tests;

/// <summary>Each column of the database takes and refuses what its validator does, for random values. A failure prints its seed.</summary>
public sealed class ColumnRuleTests
{
    static readonly Gen<string> Letters =
        Gen.OneOf(Gen.Char["abzAZ09-_.,!~"].Array[0, 8], Gen.Char['!', '~'].Array[1, 5]).Select(letters => new string(letters));

    // Nothing here that only the validator knows: white space at an end, controls, other forms than NFC.
    static readonly Gen<string> Texts =
        Gen.OneOf(Letters, Gen.OneOf("é", "漢", "😀", "ab", "Z").Array[1, 6].Select(pieces => string.Concat(pieces)));

    public static TheoryData<string, string> TextColumns =>
        [
            .. Tables.All.SelectMany(
                table =>
                    Tables.ColumnsOf(table).Where(column => column.Type is { Kind: FieldKind.Text, MaxLength: not null })
                        .Select(column => (table, column.Name)))];

    [Theory]
    [MemberData(nameof(TextColumns))]
    public void A_text_column_takes_what_its_validator_takes(string table, string name)
    {
        using var probe = new Probe(table, name);
        var length = probe.Column.Type.MaxLength!.Value;
        var longTexts = Gen.Select(Texts, Gen.Int[length - 3, length + 3])
            .Select((start, size) => size < start.Length ? start : start + new string('b', size - start.Length));
        Gen.OneOf(Texts, longTexts)
            .Sample(text => probe.Takes(text) == TextRules.TryNormalize(probe.Column.Type, text, out _, out _), iter: 500, threads: 1);
    }

    [Fact]
    public void A_rate_column_takes_what_its_validator_takes()
    {
        using var probe = new Probe(Tables.Quotes.TableName, Tables.Quotes.Units.Name);
        var numbers = Gen.Char["000123456789."].Array[0, 32].Select(digits => new string(digits))
            .Where(text => text.Length < 2 || text[0] != '0' || text[1] == '.');
        Gen.OneOf(numbers, Letters.Where(text => text.Length < 2 || text[0] != '0'))
            .Sample(text => probe.Takes(text) == QuoteFigure.TryParse(text, out _, out _), iter: 5_000, threads: 1);
    }

    /// <summary>A table of one column with the column's own rule.</summary>
    sealed class Probe : IDisposable
    {
        readonly sqlite3 database = SqliteFile.Open(":memory:");
        readonly sqlite3_stmt insert;

        public Probe(string table, string name)
        {
            Column = Tables.ColumnsOf(table).Single(column => column.Name == name);
            var line = Ddl.Sqlite.Single(statement => statement.StartsWith($"CREATE TABLE {table} (", StringComparison.Ordinal)).Split('\n')
                .Select(text => text.Trim().TrimEnd(','))
                .Single(text => text.StartsWith(name + " ", StringComparison.Ordinal));
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(database, $"CREATE TABLE probe ({line}) STRICT"));
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_prepare_v2(database, "INSERT INTO probe VALUES (?1)", out insert));
        }

        public Column Column { get; }

        public bool Takes(string text)
        {
            raw.sqlite3_reset(insert);
            raw.sqlite3_bind_text(insert, 1, text);
            var code = raw.sqlite3_step(insert);
            Assert.True(code is raw.SQLITE_DONE or raw.SQLITE_CONSTRAINT, raw.sqlite3_errmsg(database).utf8_to_string());
            return code == raw.SQLITE_DONE;
        }

        public void Dispose()
        {
            insert.Dispose();
            database.Dispose();
        }
    }
}
