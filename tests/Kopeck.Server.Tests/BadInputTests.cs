namespace Kopeck.Server.Tests;

/// <summary>Whatever is sent, it is refused with the right code, every wrong place is named, and the book stays as it was.</summary>
public sealed class BadInputTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [MemberData(nameof(BadBodies.All), MemberType = typeof(BadBodies))]
    public Task A_bad_body_is_refused(string method, string path, string body, int status, string code, string errors) => RefuseAsync(method, path, body, status, code, errors);

    [Theory]
    [MemberData(nameof(BadQueries.All), MemberType = typeof(BadQueries))]
    public Task A_bad_query_is_refused(string method, string path, int status, string code, string errors) =>
        RefuseAsync(method, path, method == "GET" ? null : "{}", status, code, errors);

    async Task RefuseAsync(string method, string path, string? body, int status, string code, string errors)
    {
        var seed = server.Main;
        var before = await server.HeadAsync(server.BookOf(seed.Key));
        var reply = await server.SendAsync(method, seed.Fill(path).Replace("$today", ServerFixture.Today, StringComparison.Ordinal), body is null ? null : seed.Fill(body), seed.Key);
        reply.MustBe(status, code);
        Assert.Equal(errors, reply.Errors);
        Assert.Equal(before, await server.HeadAsync(server.BookOf(seed.Key)));
    }
}
