namespace Kopeck.Server.Tests;

/// <summary>Whatever is sent, it is refused with the right code, every wrong place is named, and the book stays as it was.</summary>
public sealed class BadInputTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [MemberData(nameof(BadBodies.All), MemberType = typeof(BadBodies))]
    public Task A_bad_body_is_refused(string method, string path, string body, int status, string code, string errors) =>
        RefuseAsync(method, path, body, status, code, errors);

    [Theory]
    [MemberData(nameof(HoldBodies.All), MemberType = typeof(HoldBodies))]
    public Task A_bad_body_of_a_hold_or_a_reversal_is_refused(
        string method, string path, string body, int status, string code, string errors) =>
        RefuseAsync(method, path, body, status, code, errors);

    [Theory]
    [MemberData(nameof(BadQueries.All), MemberType = typeof(BadQueries))]
    public Task A_bad_query_is_refused(string method, string path, int status, string code, string errors) =>
        RefuseAsync(method, path, method == "GET" ? null : "{}", status, code, errors);

    [Fact]
    public async Task A_byte_order_mark_before_a_body_is_passed_over_and_two_are_not_JSON()
    {
        var body = server.Main.Fill("""{"wallet": "$pound", "amount": "1.00"}""");
        var plain = (await server.PostAsync("/v1/deposits", body, "marked")).MustBe(201);
        var marked = (await server.PostAsync("/v1/deposits", "\uFEFF" + body, "marked")).MustBe(201);
        Assert.True(marked.IsReplay);
        Assert.Equal(plain.Text, marked.Text);
        (await server.PostAsync("/v1/deposits", "\uFEFF\uFEFF" + body)).MustBe(400, "malformed_request");
        (await server.PostAsync("/v1/deposits", "\uFEFF")).MustBe(400, "malformed_request");
    }

    async Task RefuseAsync(string method, string path, string? body, int status, string code, string errors)
    {
        var seed = server.Main;
        var before = await server.HeadAsync(server.BookOf(seed.Key));
        var reply = await server.SendAsync(
            method, seed.Fill(path).Replace("$today", ServerFixture.Today, StringComparison.Ordinal), body is null ? null : seed.Fill(body),
            seed.Key);
        reply.MustBe(status, code);
        Assert.Equal(errors, reply.Errors);
        Assert.Equal(before, await server.HeadAsync(server.BookOf(seed.Key)));
    }
}
