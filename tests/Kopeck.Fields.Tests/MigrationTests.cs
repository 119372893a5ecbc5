namespace Kopeck.Fields.Tests;

/// <summary>The tool writes migrations that lead to the tables, keep the rows, and stop where rows do not fit.</summary>
public sealed class MigrationTests : IDisposable
{
    const string Book = "INSERT INTO books VALUES ('main', 'EUR', 7, 'UTC', 1, NULL, 1, zeroblob(32), 0, 0, zeroblob(32), NULL, zeroblob(32), 1);";

    const string Customer =
        Book + "INSERT INTO personal_values VALUES ('main', 2, 2, 1, zeroblob(32), 'Ana Lima', 'Porto', NULL, NULL, 'ana lima');";

    const string Quote = Book + "INSERT INTO quotes VALUES ('main', 'JPY', '2026-11-23', 2, '163.12345678901', '1', 'ecb');";

    readonly SchemaCopy schema = new();
    readonly int committed;

    public MigrationTests() => committed = schema.Count;

    public void Dispose() => schema.Dispose();

    [Fact]
    public void The_committed_migrations_lead_to_the_tables()
    {
        Assert.Equal(0, schema.Check().ExitCode);
        ApplyCommitted("");
        Assert.Equal(schema.DescribeFresh(), Describe());
    }

    [Theory]
    [InlineData("00-domains.sql", "customer_name AS varchar(200)", "customer_name AS varchar(250)")]
    [InlineData("00-domains.sql", "customer_name AS varchar(200)", "customer_name AS varchar(8)")]
    [InlineData("00-domains.sql", "quote_figure AS numeric(28,14)", "quote_figure AS numeric(30,14)")]
    [InlineData("00-domains.sql", "quote_figure AS numeric(28,14)", "quote_figure AS numeric(30,16)")]
    [InlineData("00-domains.sql", "BETWEEN 1 AND 3650", "BETWEEN 1 AND 365")]
    [InlineData("20-journal.sql", "city city_name NOT NULL", "city city_name")]
    [
        InlineData(
            "20-journal.sql", "  -- The name, folded for search.",
            "  -- @input\n  -- How the customer is called up.\n  phone varchar(9),\n  -- The name, folded for search.")]
    [InlineData("20-journal.sql", "CREATE INDEX personal_values_customer ON personal_values (book, customer);", "")]
    [
        InlineData(
            "20-journal.sql", "CREATE INDEX personal_values_customer ON personal_values (book, customer);",
            "CREATE INDEX personal_values_customer ON personal_values (book, customer, number);")]
    [
        InlineData(
            "40-keys.sql", "-- The migrations that",
            "-- Notes.\nCREATE TABLE notes (\n  -- Which.\n  note bigint NOT NULL,\n  PRIMARY KEY (note)\n);\n\n-- The migrations that")]
    public void A_migrated_database_has_the_changed_tables_and_its_rows(string file, string before, string after)
    {
        ApplyCommitted(Customer);
        schema.Change(file, before, after);
        Assert.Equal(1, schema.Check().ExitCode);
        Assert.Equal(0, schema.Migrate("changed").ExitCode);
        Assert.Equal(0, schema.Check().ExitCode);
        Assert.Null(Apply(committed + 1));
        Assert.Equal(schema.DescribeFresh(), Describe());
        using var database = SqliteFile.Open(schema.Database);
        Assert.Equal(["Ana Lima in Porto"], SqliteFile.Query(database, "SELECT name || ' in ' || city FROM personal_values"));
        Assert.DoesNotMatch("(?m)^;", schema.Migration(committed + 1, "postgres"));
    }

    [Theory]
    [InlineData(Customer, "00-domains.sql", "customer_name AS varchar(200)", "customer_name AS varchar(7)")]
    [InlineData(Customer, "20-journal.sql", "code customer_code", "code customer_code NOT NULL")]
    [InlineData(Quote, "00-domains.sql", "quote_figure AS numeric(28,14)", "quote_figure AS numeric(28,10)")]
    [InlineData(Book, "00-domains.sql", "BETWEEN 1 AND 3650", "BETWEEN 8 AND 3650")]
    public void A_migration_that_a_row_does_not_fit_fails_and_changes_nothing(string rows, string file, string before, string after)
    {
        ApplyCommitted(rows);
        var tables = Describe();
        Assert.Equal(0, schema.Change(file, before, after).Migrate("narrower").ExitCode);
        Assert.Contains("constraint failed", Apply(committed + 1), StringComparison.Ordinal);
        Assert.Equal(tables, Describe());
    }

    [Theory]
    [
        InlineData(
            "20-journal.sql", "  -- The name, folded for search.",
            "  -- Their age.\n  age integer NOT NULL,\n  -- The name, folded for search.", "personal_values.age is new and NOT NULL")]
    [InlineData("30-derived.sql", "PRIMARY KEY (book, digest)", "PRIMARY KEY (book, number)", "idempotency_keys has another primary key")]
    [InlineData("00-domains.sql", "amount_minor AS bigint", "amount_minor AS varchar(20)", "entries.amount was bigint and is varchar(20)")]
    [InlineData("40-keys.sql", "name varchar(100) NOT NULL", "title varchar(100)", "schema_migrations.name is gone")]
    [InlineData("30-derived.sql", "-- So many units of the currency\n", "-- @input\n  -- So many units of the currency\n", null)]
    [InlineData("00-domains.sql", "-- What a customer is called.", "-- The customer's name.", null)]
    public void What_needs_to_know_the_rows_is_refused_and_what_changes_no_table_needs_no_migration(
        string file, string before, string after, string? problem)
    {
        var snapshot = schema.Snapshot;
        var (exitCode, output) = schema.Change(file, before, after).Migrate("changed");
        Assert.Equal(problem is null ? 0 : 2, exitCode);
        Assert.Contains(problem ?? "no further migration", output, StringComparison.Ordinal);
        Assert.Equal(committed, schema.Count);
        // A refusal leaves the snapshot; another comment is taken over.
        Assert.Equal(problem is not null, schema.Snapshot == snapshot);
    }

    [Fact]
    public void PostgreSQL_alters_what_changed_and_never_rounds()
    {
        schema.Change("00-domains.sql", "customer_name AS varchar(200)", "customer_name AS varchar(250)")
            .Change("00-domains.sql", "quote_figure AS numeric(28,14)", "quote_figure AS numeric(28,10)")
            .Change("00-domains.sql", "BETWEEN 1 AND 3650", "BETWEEN 1 AND 365")
            .Change("20-journal.sql", "city city_name NOT NULL", "city city_name");
        Assert.Equal(0, schema.Migrate("changed").ExitCode);
        Assert.Equal(
            """
            ALTER TABLE books DROP CONSTRAINT books_quote_max_age_days_rule;

            ALTER TABLE books ADD CONSTRAINT books_quote_max_age_days_rule CHECK (quote_max_age_days BETWEEN 1 AND 365);

            ALTER TABLE personal_values ALTER COLUMN name TYPE varchar(250) COLLATE "C";

            ALTER TABLE personal_values ALTER COLUMN city DROP NOT NULL;

            ALTER TABLE quotes ADD CONSTRAINT quotes_units_fits CHECK (units = round(units, 10));

            ALTER TABLE quotes ALTER COLUMN units TYPE numeric(28,10);

            ALTER TABLE quotes DROP CONSTRAINT quotes_units_fits;

            ALTER TABLE quotes ADD CONSTRAINT quotes_base_fits CHECK (base = round(base, 10));

            ALTER TABLE quotes ALTER COLUMN base TYPE numeric(28,10);

            ALTER TABLE quotes DROP CONSTRAINT quotes_base_fits;

            """,
            schema.Migration(committed + 1, "postgres"));
    }

    [Fact]
    public void Before_a_release_the_tables_become_the_first_version_whatever_changed()
    {
        Assert.Equal(0, schema.Change("00-domains.sql", "varchar(200)", "varchar(250)").Migrate("longer_names").ExitCode);
        schema.Change(
            "20-journal.sql", "  -- The name, folded for search.",
            "  -- Their age.\n  age integer NOT NULL,\n  -- The name, folded for search.");
        Assert.Equal(0, schema.WriteInitial().ExitCode);
        Assert.Equal(1, schema.Count);
        Assert.Equal(0, schema.Check().ExitCode);
        Assert.Null(Apply(1));
        Assert.Equal(schema.DescribeFresh(), Describe());
    }

    [Theory]
    [InlineData("Longer Names")]
    [InlineData("../x")]
    [InlineData("")]
    public void A_migration_has_a_plain_name(string name)
    {
        var (exitCode, output) = schema.Change("00-domains.sql", "varchar(200)", "varchar(250)").Migrate(name);
        Assert.Equal(2, exitCode);
        Assert.Contains("lower-case letters, digits and underscores", output, StringComparison.Ordinal);
        Assert.Equal(committed, schema.Count);
    }

    [Fact]
    public void Tables_that_cannot_be_read_are_named_with_file_line_and_id()
    {
        var (exitCode, output) = schema.Change("00-domains.sql", "varchar(200)", "varchar(99999999999)").Check();
        Assert.Equal(2, exitCode);
        Assert.Contains("00-domains.sql(17): KF0002", output, StringComparison.Ordinal);
    }

    void ApplyCommitted(string rows)
    {
        for (var version = 1; version <= committed; version++)
            Assert.Null(Apply(version));
        using var database = SqliteFile.Open(schema.Database);
        Assert.Null(rows.Length == 0 ? null : SqliteFile.Run(database, rows));
    }

    string? Apply(int version)
    {
        using var database = SqliteFile.Open(schema.Database);
        return SqliteFile.Run(database, schema.Migration(version, "sqlite"));
    }

    List<string> Describe()
    {
        using var database = SqliteFile.Open(schema.Database);
        return SqliteFile.Describe(database);
    }
}
