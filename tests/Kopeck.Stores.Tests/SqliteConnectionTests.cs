using System.Globalization;
using Kopeck.Sqlite.Native;

namespace Kopeck.Stores.Tests;

/// <summary>Prepared statements are kept, as many as are used often, and each begins anew.</summary>
public sealed class SqliteConnectionTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("kopeck-connection-").FullName;

    [Fact]
    public void A_statement_whose_binding_failed_is_bound_from_the_first_place_next_time()
    {
        using var connection = Open();
        Assert.ThrowsAny<Exception>(() => connection.Prepare("SELECT ?1").Bind(1).Bind(2));
        using var row = connection.Prepare("SELECT ?1").Bind(7);
        Assert.True(row.Step());
        Assert.Equal(7, row.Int64(0));
    }

    [Fact]
    public void Of_many_statements_the_last_ones_are_kept_and_those_in_use()
    {
        using var connection = Open();
        using var held = connection.Prepare("SELECT 'held' UNION ALL SELECT 'still'");
        Assert.True(held.Step());
        for (var number = 0; number < 1_000; number++)
        {
            using var row = connection.Prepare("SELECT " + number.ToString(CultureInfo.InvariantCulture));
            Assert.True(row.Step());
            Assert.Equal(number, row.Int64(0));
        }

        Assert.InRange(connection.PreparedStatements, 100, 160);
        Assert.Equal("held", held.Text(0));
        Assert.True(held.Step());
        Assert.Equal("still", held.Text(0));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    Connection Open() => new(Path.Combine(folder, "statements.db"), ConnectionMode.Create);
}
