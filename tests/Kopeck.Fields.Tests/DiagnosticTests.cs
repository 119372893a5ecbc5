using Microsoft.CodeAnalysis;

namespace Kopeck.Fields.Tests;

/// <summary>SQL that cannot be read or does not fit is an error with a stable id, at its place.</summary>
public sealed class DiagnosticTests
{
    const string Domain = "-- A name.\nCREATE DOMAIN name AS varchar(10);\n";

    [Theory]
    [InlineData("KF0001", "DROP TABLE x;")]
    [InlineData("KF0001", "-- A.\nCREATE VIEW v;")]
    [InlineData("KF0001", "-- A.\nCREATE DOMAIN d AS varchar(10) CHECK (VALUE ~ 'open);")]
    [InlineData("KF0001", "-- A.\nCREATE TABLE t (\n-- C.\nc bigint DEFAULT 1, PRIMARY KEY (c));")]
    [InlineData("KF0001", "-- A.\nCREATE DOMAIN d AS varchar(10)")]
    [InlineData("KF0002", "-- A.\nCREATE DOMAIN d AS money;")]
    [InlineData("KF0002", "-- A.\nCREATE DOMAIN d AS varchar(0);")]
    [InlineData("KF0002", "-- A.\nCREATE DOMAIN d AS numeric(3,9);")]
    [InlineData("KF0002", "-- A.\nCREATE TABLE t (\n-- C.\nc nothing NOT NULL, PRIMARY KEY (c));")]
    [InlineData("KF0003", Domain + Domain)]
    [InlineData("KF0003", "-- A.\nCREATE TABLE t (\n-- C.\nc bigint,\n-- C.\nc bigint, PRIMARY KEY (c));")]
    [InlineData("KF0004", "CREATE DOMAIN d AS varchar(10);")]
    [InlineData("KF0004", "-- A.\nCREATE TABLE t (c bigint, PRIMARY KEY (c));")]
    [InlineData("KF0005", "-- A.\nCREATE DOMAIN d AS varchar(10) CHECK (VALUE ~ '^(a|b)$');")]
    [InlineData("KF0005", "-- A.\nCREATE DOMAIN d AS varchar(10) CHECK (VALUE ~ '[a-z]*');")]
    [InlineData("KF0005", "-- A.\nCREATE DOMAIN d AS varchar(10) CHECK (VALUE BETWEEN 1 AND 2);")]
    [InlineData("KF0005", "-- A.\nCREATE DOMAIN d AS numeric(5,2) CHECK (VALUE > 3);")]
    [InlineData("KF0006", "-- A.\nCREATE TABLE t (\n-- C.\nc bigint REFERENCES other (id), PRIMARY KEY (c));")]
    [InlineData("KF0006", "CREATE INDEX i ON missing (c);")]
    [InlineData("KF0007", "-- A.\nCREATE TABLE t (\n-- C.\nc bigint, PRIMARY KEY (d));")]
    [InlineData("KF0007", "-- A.\nCREATE TABLE t (\n-- C.\nc bigint);")]
    [InlineData("KF0007", "-- A.\nCREATE TABLE t (\n-- C.\nc bigint, PRIMARY KEY (c));\nCREATE INDEX i ON t (c) WHERE d;")]
    [InlineData("KF0001", "-- A.\nCREATE TABLE t (\n-- C.\nc bigint REFERENCES t (c) REFERENCES t (c), PRIMARY KEY (c));")]
    [InlineData("KF0001", "-- A.\nCREATE DOMAIN a__b AS varchar(10);")]
    [InlineData("KF0001", "-- A.\nCREATE DOMAIN Upper AS varchar(10);")]
    [InlineData("KF0002", "-- A.\nCREATE DOMAIN d AS varchar(99999999999);")]
    [InlineData("KF0002", "-- A.\nCREATE DOMAIN d AS numeric(5,-1);")]
    [InlineData("KF0002", "-- A.\nCREATE DOMAIN d AS numeric(39,2);")]
    [InlineData("KF0003", "-- A.\nCREATE DOMAIN a_1 AS varchar(10);\n-- B.\nCREATE DOMAIN a1 AS varchar(10);")]
    [
        InlineData(
            "KF0003",
            "-- A.\nCREATE TABLE t (\n-- C.\nc bigint, PRIMARY KEY (c));\n-- A.\nCREATE TABLE t (\n-- C.\nc bigint, PRIMARY KEY (c));")]
    [InlineData("KF0003", "-- A.\nCREATE TABLE t (\n-- C.\nc bigint, PRIMARY KEY (c), PRIMARY KEY (c));")]
    [
        InlineData(
            "KF0003", "-- A.\nCREATE TABLE t (\n-- C.\nc bigint, PRIMARY KEY (c));\nCREATE INDEX i ON t (c);\nCREATE INDEX i ON t (c);")]
    [InlineData("KF0003", "-- A.\nCREATE DOMAIN t_c AS varchar(10);\n-- A.\nCREATE TABLE t (\n-- C.\nc varchar(20), PRIMARY KEY (c));")]
    [InlineData("KF0004", "CREATE TABLE t (\n-- C.\nc bigint, PRIMARY KEY (c));")]
    [InlineData("KF0004", "-- About the file.\n\nCREATE DOMAIN d AS varchar(10);")]
    [InlineData("KF0005", "-- A.\nCREATE DOMAIN d AS varchar(10) CHECK (VALUE ~ '^[z-a]+$');")]
    [InlineData("KF0005", "-- A.\nCREATE DOMAIN d AS varchar(10) CHECK (VALUE ~ '^[é]+$');")]
    [InlineData("KF0005", "-- A.\nCREATE DOMAIN d AS varchar(10) CHECK (VALUE ~ '^[a\\d]+$');")]
    [InlineData("KF0005", "-- A.\nCREATE DOMAIN d AS varchar(10) CHECK (VALUE ~ '^[a-z]+(.[a-z]+)*$');")]
    [InlineData("KF0005", "-- A.\nCREATE DOMAIN d AS integer CHECK (VALUE BETWEEN 5 AND 1);")]
    [InlineData("KF0005", "-- A.\nCREATE DOMAIN d AS varchar(10) CHECK (octet_length(VALUE) = 5);")]
    [InlineData("KF0005", "-- A.\nCREATE TABLE t (\n-- C.\nc varchar(9) CHECK (c ~ '^[a-z]+$'), PRIMARY KEY (c));")]
    [InlineData("KF0006", "-- A.\nCREATE TABLE t (\n-- C.\nc bigint REFERENCES t (d), PRIMARY KEY (c));")]
    [InlineData("KF0007", "-- A.\nCREATE TABLE t (\n-- C.\nc bigint, PRIMARY KEY (c));\nCREATE INDEX i ON t (d);")]
    [InlineData("KF0008", "-- A.\nCREATE DOMAIN field_type AS varchar(10);")]
    [InlineData("KF0008", "-- A.\nCREATE DOMAIN value AS varchar(10);")]
    [InlineData("KF0008", "-- A.\nCREATE DOMAIN date AS varchar(10);")]
    [InlineData("KF0008", "-- A.\nCREATE TABLE t (\n-- C.\ncolumns bigint, PRIMARY KEY (columns));")]
    [InlineData("KF0008", "-- A.\nCREATE TABLE t (\n-- C.\nt bigint, PRIMARY KEY (t));")]
    [InlineData("KF0008", "-- A.\nCREATE TABLE all (\n-- C.\nc bigint, PRIMARY KEY (c));")]
    [InlineData("KF0008", "-- A.\n-- @record details\nCREATE TABLE t (\n-- @input\n-- C.\nc varchar(9), PRIMARY KEY (c));")]
    [InlineData("KF0008", "-- A.\n-- @record Details\nCREATE TABLE t (\n-- C.\nc varchar(9), PRIMARY KEY (c));")]
    [InlineData("KF0008", "-- A.\nCREATE TABLE t (\n-- @input\n-- C.\nc bigint, PRIMARY KEY (c));")]
    public void What_cannot_be_read_is_an_error_at_its_place(string id, string sql)
    {
        var result = GeneratorRun.Run(sql);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal((id, DiagnosticSeverity.Error), (diagnostic.Id, diagnostic.Severity));
        Assert.Equal("/tables/0.sql", diagnostic.Location.GetLineSpan().Path);
        Assert.Empty(result.GeneratedTrees);
    }

    [Fact]
    public void The_error_is_at_the_line_and_column_of_what_is_wrong()
    {
        var place =
            Assert.Single(GeneratorRun.Run(Domain + "-- Another.\nCREATE DOMAIN other AS\n  money;").Diagnostics).Location.GetLineSpan();
        Assert.Equal(
            (4, 2, 4, 7),
            (place.StartLinePosition.Line, place.StartLinePosition.Character, place.EndLinePosition.Line, place.EndLinePosition.Character));
    }

    [Fact]
    public void Every_diagnostic_is_documented()
    {
        var ids = typeof(DiagnosticTests)
            .GetMethod(nameof(What_cannot_be_read_is_an_error_at_its_place))!.GetCustomAttributes(typeof(InlineDataAttribute), false)
            .Select(data => (string)((InlineDataAttribute)data).Data[0]!).Append("KF0010").Distinct().Order(StringComparer.Ordinal);
        var documented = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "fields.md"))
            .Where(line => line.StartsWith("| KF", StringComparison.Ordinal)).Select(line => line[2..8]);
        Assert.Equal(ids, documented);
    }

    [Fact]
    public void Tables_without_a_migration_that_leads_to_them_are_an_error()
    {
        const string Wider = "-- A.\nCREATE TABLE t (\n-- C.\nc varchar(20) NOT NULL, PRIMARY KEY (c));";
        var (driver, compilation) = GeneratorRun.Start(Wider);
        Assert.Empty(driver.GetRunResult().Diagnostics);
        var narrow = driver.AddAdditionalTexts(
            [new GeneratorRun.SqlText("/migrations/snapshot.sql", Wider.Replace("20", "10", StringComparison.Ordinal))])
            .RunGenerators(compilation);
        var missing = Assert.Single(narrow.GetRunResult().Diagnostics);
        Assert.Equal(("KF0010", 1), (missing.Id, missing.Location.GetLineSpan().StartLinePosition.Line));
        Assert.Contains(
            "./kopeck schema migrate", missing.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var same = driver.AddAdditionalTexts(
            [new GeneratorRun.SqlText("/migrations/snapshot.sql", Wider.Replace("-- C.", "-- Another comment.", StringComparison.Ordinal))])
            .RunGenerators(compilation);
        Assert.Empty(same.GetRunResult().Diagnostics);
    }
}
