namespace Kopeck.Server.Tests;

/// <summary>While the database's file is away, everything says so and invites a retry.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task Without_the_store_every_call_is_503_and_the_process_lives()
    {
        await using var server = new ServerFixture();
        await server.InitializeAsync();
        File.Move(server.DatabasePath, server.DatabasePath + ".away");
        foreach (var call
            in ApiCall.All.Where(
                call => call.Scope != "operator" && call.Path is not ("/v1/currencies" or "/v1/countries" or "/v1/cities")))
        {
            var reply = await server.SendAsync(
                call.Method, call.Fill(server.Main), call.ValidBody is { } body ? server.Main.Fill(body) : null, server.Main.Key);
            reply.MustBe(503, "storage_unavailable");
            Assert.True(reply.Headers.ContainsKey("Retry-After"));
        }

        // What an operator needs of a 5xx: which call it was.
        Assert.Contains("""method="POST",route="/v1/transfers",status="503""", (await server.SendAsync("GET", "/metrics", null, null)).Text, StringComparison.Ordinal);
        Assert.Equal(503, (await server.SendAsync("GET", "/health/ready", null, null)).Status);
        Assert.Equal(200, (await server.SendAsync("GET", "/health/live", null, null)).Status);
    }
}
