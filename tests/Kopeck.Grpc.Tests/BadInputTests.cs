using Grpc.Core;
using Kopeck.Grpc.Tests.Twins;
using Kopeck.Ledger.Errors;
using Kopeck.Server.Grpc;
using Kopeck.Server.Tests;

namespace Kopeck.Grpc.Tests;

/// <summary>
/// Every bad input of HTTP's tests has its twin: refused with the same code, the same places wrong, and the book stays as it was.
/// </summary>
public sealed class BadInputTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    // As many as there are: a new input that has no exact twin is a reason to look at TwinWriter.
    const int LeastExact = 385;
    const int MostLoose = 102;

    static readonly Dictionary<string, ErrorCode> Codes =
        Enum.GetValues<ErrorCode>().ToDictionary(code => code.Name(), StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(BadBodies.All), MemberType = typeof(BadBodies))]
    public Task A_bad_body_has_a_twin_that_is_refused(string method, string path, string body, int status, string code, string errors) =>
        RefuseAsync(method, path, body, status, code, errors);

    [Theory]
    [MemberData(nameof(HoldBodies.All), MemberType = typeof(HoldBodies))]
    public Task A_bad_body_of_a_hold_or_a_reversal_has_a_twin_that_is_refused(
        string method, string path, string body, int status, string code, string errors) =>
        RefuseAsync(method, path, body, status, code, errors);

    [Theory]
    [MemberData(nameof(BadQueries.All), MemberType = typeof(BadQueries))]
    public Task A_bad_query_has_a_twin_that_is_refused(string method, string path, int status, string code, string errors) =>
        RefuseAsync(method, path, method == "GET" ? null : "{}", status, code, errors);

    /// <summary>A twin that is not exact is only held to being refused: they must stay few.</summary>
    [Fact]
    public void Most_twins_are_exact()
    {
        var inputs = BadBodies.All.Concat(HoldBodies.All).Select(row => (row.Data.Item1, row.Data.Item2, (string?)row.Data.Item3))
            .Concat(BadQueries.All.Select(row => (row.Data.Item1, row.Data.Item2, row.Data.Item1 == "GET" ? null : "{}")));
        var (exact, broken, loose, none) = (0, 0, 0, 0);
        foreach (var (method, path, body) in inputs)
        {
            var twin = TwinRequest.Of(
                method, server.Main.Fill(path).Replace("$today", ServerFixture.Today, StringComparison.Ordinal),
                body is null ? null : server.Main.Fill(body), "k");
            _ = twin switch
            {
                { Method: null } => none++,
                { IsBroken: true } => broken++,
                { IsExact: true } => exact++,
                _ => loose++,
            };
        }

        Assert.True(exact >= LeastExact && loose <= MostLoose, $"{exact} exact, {broken} broken, {loose} loose, {none} without a method");
    }

    async Task RefuseAsync(string method, string path, string? body, int status, string code, string errors)
    {
        var seed = server.Main;
        var before = await server.HeadAsync(server.BookOf(seed.Key));
        var twin = TwinRequest.Of(
            method, seed.Fill(path).Replace("$today", ServerFixture.Today, StringComparison.Ordinal), body is null ? null : seed.Fill(body),
            Guid.CreateVersion7().ToString());
        using var client = new RawClient(server.GrpcAddress);
        if (twin.Method is null)
        {
            Assert.True(status is 404 or 405, $"{method} {path} has no twin");
            var unknown = await client.SendAsync("kopeck.v1.AccountService", "Nothing", false, [], RawClient.KeyHeader(seed.Key));
            Assert.Equal((StatusCode.Unimplemented, "route_not_found"), (unknown.Status, unknown.Code));
            return;
        }

        var ended = await client.SendAsync(twin.Method, twin.Message, seed.Key);
        Check(twin, ended, code, errors);
        Assert.Equal(before, await server.HeadAsync(server.BookOf(seed.Key)));
    }

    static void Check(TwinRequest twin, Ended ended, string code, string errors)
    {
        if (twin.IsBroken)
        {
            Assert.Equal((StatusCode.InvalidArgument, "malformed_request"), (ended.Status, ended.Code));
            return;
        }

        if (twin.IsExact)
        {
            Assert.Equal((Codes[code].GrpcStatus(), code), (ended.Status, ended.Code));
            // Of a batch that was aborted the violations are those of the item that failed.
            if (code == "batch_aborted")
                return;
            Assert.Equal(
                string.Join(' ', errors.Split(' ').Select(error => error[(error.LastIndexOf(':') + 1)..]).Order(StringComparer.Ordinal)),
                ended.Fields);
            return;
        }

        // A message does not tell an empty list from none: then it is refused for what is asked without it.
        if (errors == "/legs:empty")
        {
            Assert.True(ended.Code is "invalid_fields" or "insufficient_funds", ended.ToString());
            return;
        }

        // What the fields' types leave no room for is refused all the same, as a field that is not known or is missing.
        Assert.Equal(StatusCode.InvalidArgument, ended.Status);
        Assert.True(ended.Code is "invalid_fields" or "invalid_query", ended.ToString());
        Assert.NotEmpty(ended.Fields);
    }
}
