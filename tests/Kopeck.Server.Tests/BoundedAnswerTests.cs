using System.Text;

namespace Kopeck.Server.Tests;

/// <summary>However much is wrong with a request, the answer is not much larger than what was asked.</summary>
public sealed class BoundedAnswerTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    const int Most = 40;

    [Theory]
    [InlineData("POST", "/v1/customers", 3)]
    [InlineData("POST", "/v1/deposits", 2)]
    [InlineData("PUT", "/v1/quotes/2026-11-23", 0)]
    public async Task Of_many_unknown_members_the_first_are_named_and_the_others_counted(string method, string path, int missing)
    {
        var body = "{" + string.Join(',', Enumerable.Range(0, 5_000).Select(number => $"\"m{number}\": 1")) + "}";
        var reply = (await server.SendAsync(method, path, body, server.Main.Key)).MustBe(422, "invalid_fields");
        Assert.Equal(Most, reply.Json.GetProperty("errors").GetArrayLength());
        Assert.Equal(5_000 + missing - Most, reply.Json.GetProperty("moreErrors").GetInt32());
        Assert.InRange(reply.Text.Length, 0, body.Length);
    }

    [Fact]
    public async Task Of_many_empty_legs_the_first_problems_are_named()
    {
        var body = "{\"legs\": [" + string.Join(',', Enumerable.Repeat("{}", 1_000)) + "]}";
        var reply = (await server.SendAsync("POST", "/v1/postings", body, server.Main.Key)).MustBe(422, "invalid_fields");
        Assert.Equal(
            (Most, 3_000 - Most), (reply.Json.GetProperty("errors").GetArrayLength(), reply.Json.GetProperty("moreErrors").GetInt32()));
        Assert.StartsWith(
            "/legs/0/from:required /legs/0/to:required /legs/0/amount:required /legs/1/from:required", reply.Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_items_of_a_batch_have_so_many_problems_together_and_no_more()
    {
        var item = "{\"kind\": \"deposit\"," + string.Join(',', Enumerable.Range(0, 100).Select(number => $"\"m{number}\": 1")) + "}";
        var body = "{\"operations\": [" + string.Join(',', Enumerable.Repeat(item, 1_000)) + "]}";
        var reply = (await server.SendAsync("POST", "/v1/batches", body, server.Main.Key)).MustBe(200);
        var told = reply.Json.GetProperty("outcomes").EnumerateArray().Select(outcome => outcome.GetProperty("body")).ToList();
        Assert.Equal(1_000, told.Count);
        Assert.Equal(1_000, told.Sum(problem => problem.TryGetProperty("errors", out var errors) ? errors.GetArrayLength() : 0));
        Assert.Equal(
            1_000 * 102,
            told.Sum(problem => problem.TryGetProperty("errors", out var errors) ? errors.GetArrayLength() : 0)
                + told.Sum(problem => problem.GetProperty("moreErrors").GetInt32()));
        Assert.InRange(Encoding.UTF8.GetByteCount(reply.Text), 0, body.Length);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("{\"kind\": \"x\"}")]
    public async Task A_batch_of_nothing_but_wrong_items_is_answered_by_little_for_each(string item)
    {
        var body = "{\"operations\": [" + string.Join(',', Enumerable.Repeat(item, 10_000)) + "]}";
        var reply = (await server.SendAsync("POST", "/v1/batches", body, server.Main.Key)).MustBe(200);
        var told = reply.Json.GetProperty("outcomes").EnumerateArray().Select(outcome => outcome.GetProperty("body")).ToList();
        Assert.Equal(10_000, told.Count);
        Assert.All(told, problem => Assert.Equal("invalid_fields", problem.GetProperty("code").GetString()));
        Assert.Equal(1_000, told.Count(problem => problem.TryGetProperty("errors", out _)));
        Assert.Equal(9_000, told.Count(problem => problem.TryGetProperty("moreErrors", out _)));
        Assert.InRange(Encoding.UTF8.GetByteCount(reply.Text), 0, 2_500_000);
    }
}
