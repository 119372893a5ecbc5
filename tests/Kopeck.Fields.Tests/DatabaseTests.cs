using Kopeck.Engine.Storage;
using Kopeck.Fields.Sql;
using Kopeck.Ledger.Fields;
using Kopeck.Sqlite;
using SQLitePCL;

namespace Kopeck.Fields.Tests;

/// <summary>The database itself holds what the tables say.</summary>
public sealed class DatabaseTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("kopeck-fields-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_migrated_database_is_the_same_as_a_fresh_one()
    {
        var migrated = Path.Combine(folder, "migrated.db");
        SqliteDatabase.Create(migrated, TimeProvider.System);
        var fresh = Open(Path.Combine(folder, "fresh.db"));
        foreach (var statement in Ddl.Sqlite)
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(fresh, statement));
        Assert.Equal(SqliteFile.Describe(fresh), SqliteFile.Describe(Open(migrated)));
    }

    [Fact]
    public void The_newest_migration_leads_to_the_tables()
    {
        var schema = Path.Combine(AppContext.BaseDirectory, "schema");
        var tables = SchemaParser.Parse(
            Directory.GetFiles(Path.Combine(schema, "tables")).Order(StringComparer.Ordinal)
                .Select(file => KeyValuePair.Create(file, File.ReadAllText(file))));
        var snapshot = Path.Combine(schema, "migrations", "snapshot.sql");
        Assert.Equal(tables.Canonical, SchemaParser.Parse([KeyValuePair.Create(snapshot, File.ReadAllText(snapshot))]).Canonical);
    }

    [Theory]
    [InlineData("UPDATE schema_migrations SET checksum = zeroblob(32)", "made by an unreleased version")]
    [InlineData("ALTER TABLE schema_migrations DROP COLUMN checksum", "made by an unreleased version")]
    [InlineData("ALTER TABLE schema_migrations ADD COLUMN dirty INTEGER", "of another program")]
    [InlineData("INSERT INTO schema_migrations VALUES (9999, 'later', zeroblob(32), 0)", "newer than this program")]
    public void A_database_of_other_tables_is_refused(string change, string says)
    {
        var path = Path.Combine(folder, "other.db");
        SqliteDatabase.Create(path, TimeProvider.System);
        using (var database = Open(path))
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(database, change));
        Assert.Contains(
            says, Assert.Throws<StorageUnavailableException>(() => SqliteDatabase.RequireCurrent(path)).Message, StringComparison.Ordinal);
        Assert.Contains(
            says, Assert.Throws<StorageUnavailableException>(() => SqliteDatabase.Migrate(path, TimeProvider.System)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("customer_code", "x", true)]
    [InlineData("book_name", "main", true)]
    [InlineData("book_name", "Main", false)]
    [InlineData("book_name", "1main", false)]
    [InlineData("book_name", "ma_in", false)]
    [InlineData("currency_code", "EUR", true)]
    [InlineData("currency_code", "EU", false)]
    [InlineData("currency_code", "EURO", false)]
    [InlineData("currency_code", "E1R", false)]
    [InlineData("idempotency_key", "a b", false)]
    [InlineData("idempotency_key", "a~!#", true)]
    [InlineData("key_name", "ci.bot-1", true)]
    [InlineData("key_name", "-bot", false)]
    [InlineData("key_scopes", "read,cash", true)]
    [InlineData("key_scopes", "read,,cash", false)]
    [InlineData("key_scopes", ",read", false)]
    [InlineData("key_scopes", "read,", false)]
    [InlineData("quote_figure", "1.0842", true)]
    [InlineData("quote_figure", "0", false)]
    [InlineData("quote_figure", "0.00000000000001", true)]
    [InlineData("quote_figure", "0.000000000000001", false)]
    [InlineData("quote_figure", "99999999999999.99999999999999", true)]
    [InlineData("quote_figure", "100000000000000", false)]
    [InlineData("quote_figure", "1.", false)]
    [InlineData("quote_figure", ".5", false)]
    [InlineData("quote_figure", "1e3", false)]
    public void Database_and_validator_take_and_refuse_the_same(string domain, string value, bool isValid)
    {
        var (table, column) = FindColumn(domain);
        Assert.Equal(isValid, TryParse(domain, value));
        Assert.Equal(isValid, DatabaseTakes(table, column, value));
    }

    [Fact]
    public void Every_text_column_of_the_database_refuses_a_text_that_is_one_character_too_long()
    {
        foreach (var (table, column) in Tables.All.SelectMany(table => Tables.ColumnsOf(table).Select(column => (table, column))))
        {
            if (column.Type is not { Kind: FieldKind.Text, MaxLength: { } length })
                continue;
            Assert.False(DatabaseTakes(table, column, new string('a', length + 1)), $"{table}.{column.Name}");
            if (column.Type.Pattern is null)
                Assert.True(DatabaseTakes(table, column, string.Concat(Enumerable.Repeat("😀", length))), $"{table}.{column.Name}");
        }
    }

    static bool TryParse(string domain, string value) => domain switch
    {
        "customer_code" => CustomerCode.TryParse(value, out _, out _),
        "book_name" => BookName.TryParse(value, out _, out _),
        "currency_code" => CurrencyCode.TryParse(value, out _, out _),
        "idempotency_key" => IdempotencyKey.TryParse(value, out _, out _),
        "key_name" => KeyName.TryParse(value, out _, out _),
        "key_scopes" => KeyScopes.TryParse(value, out _, out _),
        _ => QuoteFigure.TryParse(value, out _, out _),
    };

    static (string Table, Column Column) FindColumn(string domain) =>
        Tables.All.SelectMany(table => Tables.ColumnsOf(table).Select(column => (table, column)))
            .First(pair => pair.column.Type.Name == domain);

    /// <summary>Whether the column's own rule takes a value: all other rules are left aside by asking for the one that failed.</summary>
    bool DatabaseTakes(string table, Column column, string value)
    {
        var path = Path.Combine(folder, "rules.db");
        if (!File.Exists(path))
            SqliteDatabase.Create(path, TimeProvider.System);
        var database = Open(path);
        raw.sqlite3_prepare_v2(database, "SELECT sql FROM sqlite_schema WHERE name = ?1", out var select);
        raw.sqlite3_bind_text(select, 1, table);
        raw.sqlite3_step(select);
        var line = raw.sqlite3_column_text(select, 0).utf8_to_string().Split('\n').Select(text => text.Trim().TrimEnd(','))
            .First(text => text.StartsWith(column.Name + " ", StringComparison.Ordinal));
        select.Dispose();
        var references = line.IndexOf(" REFERENCES ", StringComparison.Ordinal);
        var check = line.IndexOf(" CHECK ", StringComparison.Ordinal);
        var alone = references < 0 ? line : line[..references] + (check < 0 ? "" : line[check..]);
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(database, $"CREATE TEMP TABLE probe ({alone}) STRICT"));
        raw.sqlite3_prepare_v2(database, "INSERT INTO temp.probe VALUES (?1)", out var insert);
        raw.sqlite3_bind_text(insert, 1, value);
        var code = raw.sqlite3_step(insert);
        insert.Dispose();
        database.Dispose();
        return code == raw.SQLITE_DONE;
    }

    static sqlite3 Open(string path) => SqliteFile.Open(path);
}
