using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Kopeck.Testing;
using Npgsql;

namespace Kopeck.Statements.Laws.Tests;

/// <summary>A reader over HTTP who stops reading, or goes away, leaves nothing running in PostgreSQL.</summary>
public sealed class AbandonedDownloadTests
{
    const int Batches = 40;

    // Everything that a download could hold there: a query, or a snapshot that keeps old rows from being cleaned away.
    const string Held =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'kopeck' AND (state <> 'idle' OR backend_xmin IS NOT NULL)";
    const string WaitingForEntries =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'kopeck' AND wait_event_type = 'Lock' AND query LIKE '%FROM entries%'";

    [Fact]
    public async Task A_download_that_is_left_in_the_middle_of_a_query_ends_the_query()
    {
        var postgres = await PostgresServer.SharedAsync();
        using var place = await PostgresPlace.CreateAsync(postgres);
        await using var server = await Server.StartAsync(place);
        var wallet = await server.OpenWalletAsync("EUR", "0");
        await Deposits.FillAsync(server, wallet, Batches);
        foreach (var format in new[] { "csv", "xlsx", "camt053" })
            await LeaveAsync(postgres, place, server, $"/v1/wallets/{wallet}/statement?format={format}");
    }

    static async Task LeaveAsync(PostgresServer postgres, PostgresPlace place, Server server, string path)
    {
        using var reader = await BeginAsync(server, path);
        // A reader who pauses holds nothing: pages are short, and only one is read ahead.
        await Checks.EventuallyAsync(() => CountsAsync(postgres, place, Held, 0), "a paused download holds nothing");

        await using var connection =
            new NpgsqlConnection(postgres.ConnectionString(place.Database, user: PostgresServer.Superuser) + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var locking = new NpgsqlCommand("LOCK TABLE entries IN ACCESS EXCLUSIVE MODE", connection, transaction))
            await locking.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var reading = DrainAsync(reader);
        await Checks.EventuallyAsync(() => CountsAsync(postgres, place, WaitingForEntries, 1), "the next page waits for the lock");
        Assert.False(reading.IsCompleted);

        reader.Close();
        await Checks.EventuallyAsync(
            () => CountsAsync(postgres, place, WaitingForEntries, 0), "the query is over while the lock is still held");
        await Checks.EventuallyAsync(() => CountsAsync(postgres, place, Held, 0), "nothing is held");
        await reading;
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        // The connection to the database serves the next one.
        Assert.Equal(200, (await server.GetAsync(path)).Status);
    }

    static async Task<bool> CountsAsync(PostgresServer postgres, PostgresPlace place, string query, long count) =>
        await postgres.AskAsync(query, place.Database) is long found && found == count;

    /// <summary>Asks, with a small window, and reads the beginning of the answer.</summary>
    static async Task<Socket> BeginAsync(Server server, string path)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096 };
        await socket.ConnectAsync(server.Http.Host, server.Http.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"GET {path} HTTP/1.1\r\nHost: {server.Http.Authority}\r\nAuthorization: Bearer {server.Key}\r\n\r\n")),
            TestContext.Current.CancellationToken);
        var begun = new byte[64];
        var length = await socket.ReceiveAsync(begun, TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 200", Encoding.ASCII.GetString(begun, 0, length), StringComparison.Ordinal);
        return socket;
    }

    static async Task DrainAsync(Socket socket)
    {
        var buffer = new byte[64 << 10];
        try
        {
            while (await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken) > 0)
            {
                // What it says is the business of other tests.
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Closed by ourselves.
        }
    }
}
