using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Grpc.Core;
using Grpc.Net.Client;
using Kopeck.Process.Tests.Issuers;
using Kopeck.Testing;
using Kopeck.V1;

namespace Kopeck.Process.Tests;

/// <summary>A served ledger that takes the tokens of an OpenID provider of others, by its settings alone.</summary>
public sealed class TokenTests
{
    const string Audience = "urn:kopeck";

    [Fact]
    public async Task Tokens_of_a_real_issuer_are_keys_over_http_and_grpc()
    {
        using var folder = new Folder();
        using var issuer = await NodeIssuer.StartAsync();
        await using var server = await Server.StartAsync(
            folder,
            variables: new Dictionary<string, string>
            {
                ["KOPECK_OIDC"] = WriteSettings(folder, issuer),
                ["KOPECK_LOG_REQUESTS"] = "true",
            });
        var wallet = await server.OpenWalletAsync("EUR", "5");
        using var client = new HttpClient { BaseAddress = server.Http };
        async Task<(int Status, JsonNode Body)> SendAsync(string method, string path, string? body, string token)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (body is not null)
            {
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
                request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
            }

            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return ((int)response.StatusCode, JsonNode.Parse(text)!);
        }

        var deposit = $$"""{"wallet": "{{wallet}}", "amount": "1"}""";
        foreach (var audience in new[] { Audience, Audience + ":ec" })
        {
            var (reader, cashier) = (await issuer.TokenAsync("reader", audience), await issuer.TokenAsync("cashier", audience));
            Assert.Equal(200, (await SendAsync("GET", "/v1/wallets/" + wallet, null, reader)).Status);
            Assert.Equal(403, (await SendAsync("POST", "/v1/deposits", deposit, reader)).Status);
            var (status, done) = await SendAsync("POST", "/v1/deposits", deposit, cashier);
            Assert.Equal(201, status);
            Assert.Equal(Actor(folder, issuer, "cashier"), done["actor"]!.GetValue<string>());
            Assert.Equal(403, (await SendAsync("GET", "/v1/book", null, await issuer.TokenAsync("nobody", audience))).Status);
            using var channel = GrpcChannel.ForAddress(server.Grpc);
            var rpc = await new OperationService.OperationServiceClient(channel).DepositAsync(
                new DepositRequest { Wallet = wallet, Amount = new() { Amount = "1" }, IdempotencyKey = "rpc-" + audience },
                new Metadata { { "authorization", "Bearer " + cashier } }, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(done["actor"]!.GetValue<string>(), rpc.Operation.Actor);
            Assert.DoesNotContain(cashier, server.Log, StringComparison.Ordinal);
        }

        Assert.Equal(401, (await SendAsync("GET", "/v1/book", null, await issuer.TokenAsync("reader", "urn:another"))).Status);
        // A token that another issuer of the same program made, in this one's place: it has keys of its own.
        using var other = await NodeIssuer.StartAsync();
        Assert.Equal(401, (await SendAsync("GET", "/v1/book", null, await other.TokenAsync("reader", Audience))).Status);
        await server.StopAsync();
        Assert.Equal(0, Shell.Try(Shell.Kopeck, null, "verify", "--database", "sqlite:" + folder.Database).ExitCode);
    }

    [Theory]
    [InlineData("{}", "a list of issuers")]
    [InlineData("""[{"issuer": "http://login.example", "audience": "a", "claim": "c", "grants": []}]""", "https")]
    [InlineData(null, "cannot be read")]
    public async Task A_wrong_file_of_issuers_is_one_line_and_exit_code_2(string? content, string told)
    {
        using var folder = new Folder();
        Directory.CreateDirectory(folder.Keys);
        var file = Path.Combine(folder.Keys, "oidc.json");
        if (content is not null)
            await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        var result = Shell.Try(
            Shell.Kopeck, null, ["serve", "--http", "http://127.0.0.1:0", "--grpc", "none", "--database", "sqlite:" + folder.Database],
            new Dictionary<string, string> { ["KOPECK_OIDC"] = file });
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(told, Assert.Single(result.Errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    static string Actor(Folder folder, NodeIssuer issuer, string subject) =>
        Shell.Try(Shell.Kopeck, null, "keys", "actor", issuer.Name, subject, "--database", "sqlite:" + folder.Database).Output.Trim();

    static string WriteSettings(Folder folder, NodeIssuer issuer)
    {
        Directory.CreateDirectory(folder.Keys);
        var file = Path.Combine(folder.Keys, "oidc.json");
        File.WriteAllText(file, $$"""
            [{
              "issuer": "{{issuer.Name}}",
              "audience": ["{{Audience}}", "{{Audience}}:ec"],
              "claim": "roles",
              "grants": [
                {"value": "reader", "book": "main", "scopes": ["read"]},
                {"value": "cashier", "book": "main", "scopes": ["cash", "read"]}
              ]
            }]
            """);
        return file;
    }
}
