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
    public void What_cannot_be_read_is_an_error_at_its_place(string id, string sql)
    {
        var result = GeneratorRun.Run(sql);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal((id, DiagnosticSeverity.Error), (diagnostic.Id, diagnostic.Severity));
        Assert.Equal("/tables/0.sql", diagnostic.Location.GetLineSpan().Path);
        Assert.Empty(result.GeneratedTrees);
    }

    [Fact]
    public void Tables_without_a_migration_that_leads_to_them_are_an_error()
    {
        const string Wider = "-- A.\nCREATE TABLE t (\n-- C.\nc varchar(20) NOT NULL, PRIMARY KEY (c));";
        var (driver, compilation) = GeneratorRun.Start(Wider);
        Assert.Empty(driver.GetRunResult().Diagnostics);
        var narrow = driver.AddAdditionalTexts([new GeneratorRun.SqlText("/migrations/snapshot.sql", Wider.Replace("20", "10", StringComparison.Ordinal))]).RunGenerators(compilation);
        Assert.Equal("KF0010", Assert.Single(narrow.GetRunResult().Diagnostics).Id);
        var same = driver.AddAdditionalTexts([new GeneratorRun.SqlText("/migrations/snapshot.sql", Wider.Replace("-- C.", "-- Another comment.", StringComparison.Ordinal))]).RunGenerators(compilation);
        Assert.Empty(same.GetRunResult().Diagnostics);
    }
}
