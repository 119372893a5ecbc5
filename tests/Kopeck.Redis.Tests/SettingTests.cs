using Kopeck.Testing;

namespace Kopeck.Redis.Tests;

/// <summary><c>KOPECK_REDIS</c>, in the real program.</summary>
public sealed class SettingTests
{
    const string Password = "hunter2-not-to-be-shown";

    [Theory]
    [InlineData("redis://:hunter2-not-to-be-shown@localhost:6379")]
    [InlineData("localhost:port,password=hunter2-not-to-be-shown")]
    [InlineData("localhost:99999,password=hunter2-not-to-be-shown")]
    [InlineData("localhost:6379,pasword=hunter2-not-to-be-shown")]
    [InlineData("localhost:6379,ssl=hunter2-not-to-be-shown")]
    [InlineData("hunter2-not-to-be-shown@localhost")]
    [InlineData("password=hunter2-not-to-be-shown")]
    [InlineData(",")]
    [InlineData(" ")]
    public void A_wrong_value_stops_the_start_with_one_line_that_says_how_it_is_written(string value)
    {
        using var folder = new Folder();
        var result = Shell.Try(
            Shell.Kopeck, null, ["serve", "--http", "http://127.0.0.1:0", "--database", folder.Setting], new Dictionary<string,
            string>
            { ["KOPECK_REDIS"] = value });
        Assert.Equal(2, result.ExitCode);
        var line = Assert.Single(result.Errors.Trim().Split('\n'));
        Assert.Contains("KOPECK_REDIS", line, StringComparison.Ordinal);
        Assert.Contains("HOST:PORT", line, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, result.Errors + result.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Database), "nothing was begun");
    }

    [Fact]
    public async Task Servers_share_quotes_through_a_Redis_with_a_password_that_is_never_shown()
    {
        using var folder = new Folder();
        await using var redis = await RedisServer.StartAsync();
        Assert.Equal("+OK", await redis.AskAsync($"CONFIG SET requirepass {Password}"));
        var variables = new Dictionary<string, string> { ["KOPECK_REDIS"] = $"{redis.Address},password={Password}" };
        await using var first = await Server.StartAsync(folder, "trace", variables: variables);
        await using var second = await Server.StartAsync(folder, "trace", variables: variables);
        await using var stranger = await Server.StartAsync(
            folder, "trace", variables: new Dictionary<string, string> { ["KOPECK_REDIS"] = $"{redis.Address},password={Password}-wrong" });
        Assert.Equal(200, (await first.SendAsync(HttpMethod.Put, $"/v1/quotes/{Node.Day:yyyy-MM-dd}", """{"USD": "0.92"}""", "quotes")).Status);
        foreach (var server in new[] { first, second })
            await Checks.EventuallyAsync(
                () => Task.FromResult(server.Log.Contains("quotes are shared there", StringComparison.Ordinal)), "the server has Redis");
        await Checks.EventuallyAsync(
            () => Task.FromResult(stranger.Log.Contains("does not answer", StringComparison.Ordinal)), "the password is wrong");
        var answers = new List<string>();
        foreach (var server in new[] { first, second, stranger })
            answers.Add((await server.GetAsync("/v1/quotes")).Body);
        Assert.Contains("0.92", Assert.Single(answers.Distinct(StringComparer.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(Password, first.Log + second.Log + stranger.Log, StringComparison.Ordinal);
    }
}
