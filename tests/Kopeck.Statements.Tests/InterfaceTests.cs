using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Kopeck.Statements.Reports;
using Kopeck.Statements.Writing;
using Kopeck.Testing;
using Kopeck.V1;
using LedgerServer = Kopeck.Testing.Server;

namespace Kopeck.Statements.Tests;

/// <summary>
/// HTTP, gRPC and the command line draw the same, to the byte, and refuse the same. The long form, the command line in everything:
/// KOPECK_TEST_SCALE=2.
/// </summary>
public abstract class InterfaceTests(StorageEngine engine) : IAsyncLifetime
{
    // How many different files are asked for in each format.
    const int Subjects = 4;

    int asked;
    ILedgerPlace place = null!;
    LedgerServer server = null!;
    GrpcChannel channel = null!;
    string customer = "";
    string wallet = "";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        place = await ILedgerPlace.NewAsync(engine);
        server = await LedgerServer.StartAsync(place);
        channel = GrpcChannel.ForAddress(server.Grpc);
        var registered = await server.PostAsync("/v1/customers", """{"name": "Анна Кузнецова", "country": "RU", "city": "Казань", "currency": "EUR"}""");
        (customer, wallet) = (registered.Json["id"]!.GetValue<string>(), registered.Json["wallets"]![0]!["id"]!.GetValue<string>());
        var yen = (await server.PostAsync($"/v1/customers/{customer}/wallets", """{"currency": "JPY"}""")).Json["id"]!.GetValue<string>();
        Assert.Equal(201, (await server.PostAsync("/v1/deposits", $$"""{"wallet": "{{wallet}}", "amount": "100", "description": "=первый"}""", "d1")).Status);
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Put, $"/v1/quotes/{TimeProvider.System.GetUtcNow():yyyy-MM-dd}", """{"JPY": "0.0061"}""", null)).Status);
        Assert.Equal(201, (await server.PostAsync("/v1/transfers", $$"""{"from": "{{wallet}}", "to": "{{yen}}", "amount": "1000", "currency": "JPY"}""", "t1")).Status);
        Assert.Equal(201, (await server.PostAsync("/v1/customers", """{"name": "Анна Петрова", "country": "RU", "city": "Пермь"}""")).Status);
    }

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await server.DisposeAsync();
        place.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_statement_is_the_same_through_each_interface_in_each_format()
    {
        var statements = Client();
        var since = DateTimeOffset.UnixEpoch.AddDays(20_000);
        // Quicken's files need a bank that says who it is.
        foreach (var writer in StatementFormats.All.Where(writer => writer.Format != "qfx"))
        {
            await AssertSameAsync(
                $"/v1/wallets/{wallet}/statement?format={writer.Format}&lang=ru",
                PiecesAsync(
                    statements.GetWalletStatement(
                        new GetWalletStatementRequest { Id = wallet, Format = writer.Format, Lang = "ru" }, Key()),
                    part => part.Chunk),
                ["statement", "--wallet", wallet, "--format", writer.Format, "--lang", "ru"]);
            await AssertSameAsync(
                $"/v1/customers/{customer}/statement?format={writer.Format}&at=6&since={since:yyyy-MM-dd}&until=2999-01-01",
                PiecesAsync(
                    statements.GetCustomerStatement(
                        new GetCustomerStatementRequest
                        {
                            Id = customer,
                            Format = writer.Format,
                            AtNumber = 6,
                            Since = Timestamp.FromDateTimeOffset(since),
                            Until = Timestamp.FromDateTimeOffset(new(2999, 1, 1, 0, 0, 0, TimeSpan.Zero))
                        },
                        Key()),
                    part => part.Chunk),
                [
                    "statement", "--customer", customer, "--format", writer.Format, "--at", "6", "--since", $"{since:yyyy-MM-dd}",
                    "--until", "2999-01-01"]);
            await AssertSameAsync(
                $"/v1/accounts/{wallet}/statement?format={writer.Format}&tz=Pacific/Kiritimati&since={since:yyyy-MM-dd}",
                PiecesAsync(
                    statements.GetAccountStatement(
                        new GetAccountStatementRequest
                        {
                            Id = wallet,
                            Format = writer.Format,
                            Tz = "Pacific/Kiritimati",
                            // A day there begins fourteen hours before it does in UTC.
                            Since = Timestamp.FromDateTimeOffset(since.AddHours(-14))
                        },
                        Key()),
                    part => part.Chunk),
                [
                    "statement", "--account", wallet, "--format", writer.Format, "--tz", "Pacific/Kiritimati", "--since",
                    $"{since:yyyy-MM-dd}"]);
            await AssertSameAsync(
                $"/v1/reports/operations?name=%D0%B0%D0%BD%D0%BD%D0%B0%20%D0%BA&format={writer.Format}",
                PiecesAsync(
                    statements.GetReport(new GetReportRequest { Name = "анна к", Format = writer.Format }, Key()), part => part.Chunk),
                ["statement", "--name", "анна к", "--format", writer.Format]);
        }
    }

    [Fact]
    public async Task A_report_is_the_same_through_each_interface_in_each_format()
    {
        var statements = Client();
        foreach (var writer in ReportFormats.All)
        {
            await AssertSameAsync(
                $"/v1/reports/trial-balance?format={writer.Format}&lang=ru",
                PiecesAsync(
                    statements.GetTrialBalance(new GetTrialBalanceRequest { Format = writer.Format, Lang = "ru" }, Key()),
                    part => part.Chunk),
                ["report", "trial-balance", "--format", writer.Format, "--lang", "ru"]);
            await AssertSameAsync(
                $"/v1/reports/exchange?format={writer.Format}&date=2020-01-01",
                PiecesAsync(
                    statements.GetExchangePositions(new GetExchangePositionsRequest { Format = writer.Format, Date = "2020-01-01" }, Key()),
                    part => part.Chunk),
                ["report", "exchange", "--format", writer.Format, "--date", "2020-01-01"]);
            await AssertSameAsync(
                $"/v1/reports/turnover?format={writer.Format}&at=6&since=2020-01-01",
                PiecesAsync(
                    statements.GetTurnover(
                        new GetTurnoverRequest
                        {
                            Format = writer.Format,
                            AtNumber = 6,
                            Since = Timestamp.FromDateTimeOffset(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero))
                        },
                        Key()),
                    part => part.Chunk),
                ["report", "turnover", "--format", writer.Format, "--at", "6", "--since", "2020-01-01"]);
            await AssertSameAsync(
                $"/v1/reports/postings?format={writer.Format}&tz=Europe/Moscow&until=2999-01-01",
                PiecesAsync(
                    statements.GetPostings(
                        new GetPostingsRequest
                        {
                            Format = writer.Format,
                            Tz = "Europe/Moscow",
                            Until = Timestamp.FromDateTimeOffset(new(2998, 12, 31, 21, 0, 0, TimeSpan.Zero))
                        },
                        Key()),
                    part => part.Chunk),
                ["report", "postings", "--format", writer.Format, "--tz", "Europe/Moscow", "--until", "2999-01-01"]);
        }
    }

    [Fact]
    public async Task Without_a_format_HTTP_and_gRPC_answer_JSON()
    {
        var (name, type, bytes) =
            await PiecesAsync(Client().GetWalletStatement(new GetWalletStatementRequest { Id = wallet }, Key()), part => part.Chunk);
        Assert.Equal("application/json", type);
        Assert.EndsWith(".json", name, StringComparison.Ordinal);
        Assert.Equal((await server.GetAsync($"/v1/wallets/{wallet}/statement")).Body, Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public async Task What_is_refused_is_refused_through_each_interface_with_the_same_code()
    {
        var statements = Client();
        async Task Refused(string code, int exit, string path, Func<Task<(string, string, byte[])>> stream, params string[] arguments)
        {
            Assert.Equal(code, (await server.GetAsync(path)).Code);
            var exception = await Assert.ThrowsAsync<RpcException>(stream);
            Assert.Equal(code, exception.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason);
            var result = Ledgers.Kopeck(place, arguments);
            Assert.Equal(exit, result.ExitCode);
            Assert.Empty(result.Output);
            Assert.StartsWith("kopeck: ", result.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
            if (exit == 1)
                Assert.Contains($"({code})", result.Errors, StringComparison.Ordinal);
        }

        await Refused(
            "not_found", 1, "/v1/wallets/999/statement",
            () => PiecesAsync(statements.GetWalletStatement(new GetWalletStatementRequest { Id = "999" }, Key()), part => part.Chunk),
            "statement", "--wallet", "999");
        await Refused(
            "not_found", 1, $"/v1/customers/{wallet}/statement",
            () => PiecesAsync(statements.GetCustomerStatement(new GetCustomerStatementRequest { Id = wallet }, Key()), part => part.Chunk),
            "statement", "--customer", wallet);
        await Refused(
            "ambiguous_name", 1, "/v1/reports/operations?name=%D0%B0%D0%BD%D0%BD%D0%B0",
            () => PiecesAsync(statements.GetReport(new GetReportRequest { Name = "анна" }, Key()), part => part.Chunk), "statement",
            "--name", "анна");
        await Refused(
            "invalid_query", 2, $"/v1/wallets/{wallet}/statement?at=999",
            () =>
                PiecesAsync(
                    statements.GetWalletStatement(new GetWalletStatementRequest { Id = wallet, AtNumber = 999 }, Key()),
                    part => part.Chunk),
            "statement", "--wallet", wallet, "--at", "999");
        await Refused(
            "invalid_query", 2, $"/v1/wallets/{wallet}/statement?format=doc",
            () =>
                PiecesAsync(
                    statements.GetWalletStatement(new GetWalletStatementRequest { Id = wallet, Format = "doc" }, Key()),
                    part => part.Chunk),
            "statement", "--wallet", wallet, "--format", "doc");
        await Refused(
            "invalid_query", 2, $"/v1/reports/turnover?lang=xx",
            () => PiecesAsync(statements.GetTurnover(new GetTurnoverRequest { Lang = "xx" }, Key()), part => part.Chunk), "report",
            "turnover", "--lang", "xx");
        await Refused(
            "invalid_query", 2, "/v1/reports/exchange?date=2026-02-30",
            () =>
                PiecesAsync(
                    statements.GetExchangePositions(new GetExchangePositionsRequest { Date = "2026-02-30" }, Key()), part => part.Chunk),
            "report", "exchange", "--date", "2026-02-30");
        await Refused(
            "invalid_query",
            2,
            $"/v1/wallets/{wallet}/statement?since=2026-03-02&until=2026-03-01",
            () =>
                PiecesAsync(
                    statements.GetWalletStatement(
                        new GetWalletStatementRequest
                        {
                            Id = wallet,
                            Since = Timestamp.FromDateTimeOffset(new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero)),
                            Until = Timestamp.FromDateTimeOffset(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero))
                        },
                        Key()),
                    part => part.Chunk),
            "statement", "--wallet", wallet, "--since", "2026-03-02", "--until", "2026-03-01");

        // Who may be meant is told at the command line, too.
        Assert.Contains(
            $"--customer {customer}  Анна Кузнецова, Казань, RU", Ledgers.Kopeck(place, "statement", "--name", "анна").Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_stream_comes_in_pieces_of_at_most_64_KiB()
    {
        var deposit = $$"""{"kind": "deposit", "wallet": "{{wallet}}", "amount": "0.01"}""";
        Assert.Equal(200, (await server.PostAsync("/v1/batches", $$"""{"operations": [{{string.Join(',', Enumerable.Repeat(deposit, 5_000))}}]}""", "b1")).Status);
        using var call = Client().GetWalletStatement(new GetWalletStatementRequest { Id = wallet, Format = "ndjson" }, Key());
        var pieces = new List<FileChunk>();
        while (await call.ResponseStream.MoveNext(Token))
            pieces.Add(call.ResponseStream.Current.Chunk);
        Assert.True(pieces.Count > 10, $"{pieces.Count} pieces");
        Assert.All(pieces, piece => Assert.InRange(piece.Data.Length, 1, 64 << 10));
        Assert.All(pieces.Skip(1), piece => Assert.False(piece.HasContentType || piece.HasFilename));
        Assert.Equal(
            5_002,
            Encoding.UTF8.GetString([.. pieces.SelectMany(piece => piece.Data)]).Split('\n')
                .Count(line => line.StartsWith("{\"type\":\"line\"", StringComparison.Ordinal)));
    }

    async Task AssertSameAsync(string path, Task<(string Name, string Type, byte[] Bytes)> stream, string[] arguments)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", server.Key);
        using var response = await client.GetAsync(new Uri(server.Http, path), Token);
        var bytes = await response.Content.ReadAsByteArrayAsync(Token);
        Assert.True(response.IsSuccessStatusCode, Encoding.UTF8.GetString(bytes));
        var (name, type, pieces) = await stream;
        Assert.Equal(response.Content.Headers.ContentType!.ToString(), type);
        Assert.Equal(response.Content.Headers.ContentDisposition!.FileName, name);
        Assert.True(bytes.AsSpan().SequenceEqual(pieces), $"gRPC {path}");

        // The command line takes a program's start each time: in each format one subject, on the other engine another.
        var (format, subject) = Math.DivRem(asked++, Subjects);
        if (TestSeed.Scale == 1 && subject != (format + 2 * (int)engine) % Subjects)
            return;
        var folder = Directory.CreateTempSubdirectory("kopeck-statement-").FullName;
        var result = Ledgers.Kopeck(place, [.. arguments, "--output", folder]);
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Empty(result.Output);
        var file = Assert.Single(Directory.GetFiles(folder));
        Assert.Equal(name, Path.GetFileName(file));
        var written = await File.ReadAllBytesAsync(file, Token);
        Assert.True(bytes.AsSpan().SequenceEqual(written), $"kopeck {string.Join(' ', arguments)}");
        Directory.Delete(folder, recursive: true);
    }

    static async Task<(string Name, string Type, byte[] Bytes)> PiecesAsync<T>(AsyncServerStreamingCall<T> call, Func<T, FileChunk> chunk)
    {
        using (call)
        {
            using var bytes = new MemoryStream();
            var (name, type) = ("", "");
            while (await call.ResponseStream.MoveNext(Token))
            {
                var part = chunk(call.ResponseStream.Current);
                if (part.HasFilename)
                    (name, type) = (part.Filename, part.ContentType);
                bytes.Write(part.Data.Span);
            }

            return (name, type, bytes.ToArray());
        }
    }

    StatementService.StatementServiceClient Client() => new(channel);

    Metadata Key() => new() { { "authorization", "Bearer " + server.Key } };
}

public sealed class SqliteInterfaceTests() : InterfaceTests(StorageEngine.Sqlite);

public sealed class PostgresInterfaceTests() : InterfaceTests(StorageEngine.Postgres);
