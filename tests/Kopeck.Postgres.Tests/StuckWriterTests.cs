using Kopeck.Testing;
using Npgsql;

namespace Kopeck.Postgres.Tests;

/// <summary>
/// What a node leaves behind in PostgreSQL that was stopped while it sent a batch: a transaction that holds the book's row and waits for
/// words that do not come.
/// </summary>
public sealed class StuckWriterTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stopped_nodes_half_a_batch_is_ended_and_the_other_node_goes_on()
    {
        var postgres = await PostgresServer.SharedAsync();
        using var place = await PostgresPlace.CreateAsync(postgres);
        await using var server = await Server.StartAsync(place);
        var wallet = await server.OpenWalletAsync("EUR", "10.00");
        await using var stopped = await HoldAsync(postgres, place, "kopeck");
        var reply = await server.PostAsync("/v1/deposits", $$"""{"wallet": "{{wallet}}", "amount": "1.00"}""", "after");
        Assert.Equal(201, reply.Status);
        await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await new NpgsqlCommand("COMMIT", stopped).ExecuteNonQueryAsync(Token));
        Assert.Equal("11.00", await server.PostedAsync(wallet));
    }

    [Fact]
    public async Task What_others_do_with_the_row_is_waited_for_and_not_ended()
    {
        var postgres = await PostgresServer.SharedAsync();
        using var place = await PostgresPlace.CreateAsync(postgres);
        await using var server = await Server.StartAsync(place);
        var wallet = await server.OpenWalletAsync("EUR", "10.00");
        await using var person = await HoldAsync(postgres, place, "psql");
        var deposit = server.PostAsync("/v1/deposits", $$"""{"wallet": "{{wallet}}", "amount": "1.00"}""", "waits");
        // Longer than a half batch would be left.
        await Task.WhenAny(deposit, Task.Delay(TimeSpan.FromSeconds(6), Token));
        Assert.False(deposit.IsCompleted);
        await new NpgsqlCommand("COMMIT", person).ExecuteNonQueryAsync(Token);
        Assert.Equal(201, (await deposit).Status);
        Assert.Equal("11.00", await server.PostedAsync(wallet));
    }

    static async Task<NpgsqlConnection> HoldAsync(PostgresServer postgres, PostgresPlace place, string program)
    {
        var connection = new NpgsqlConnection(postgres.ConnectionString(place.Database) + $";Application Name={program};Pooling=false");
        await connection.OpenAsync(Token);
        await new NpgsqlCommand("BEGIN; UPDATE books SET epoch = epoch WHERE book = 'main'", connection).ExecuteNonQueryAsync(Token);
        return connection;
    }
}
