using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Kopeck.Server.Tests;

/// <summary>When several errors apply, the first in the documented order wins; and what is refused before a body is read.</summary>
public sealed class ErrorOrderTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    const string Bad = """{"wallet": 1, "amount": "z"}""";

    [Fact]
    public async Task Each_error_hides_those_after_it()
    {
        var reader = await server.MakeKeyAsync(server.BookOf(server.Main.Key), "order-reader", Ledger.Commands.Scopes.Read);
        static void Everything(HttpRequestMessage request)
        {
            request.Headers.TryAddWithoutValidation("Accept", "text/html");
            request.Content = new StringContent(new string('{', 2 << 20), Encoding.UTF8, "text/plain");
        }

        (await server.SendAsync("POST", "/v1/nothing?x=1", null, null, "", Everything)).MustBe(401, "unauthorized");
        (await server.SendAsync("POST", "/v1/deposits?x=1", null, reader, "", Everything)).MustBe(403, "forbidden");
        (await server.SendAsync("POST", "/v1/nothing?x=1", null, server.Main.Key, "", Everything)).MustBe(404, "route_not_found");
        (await server.SendAsync("PUT", "/v1/deposits?x=1", null, server.Main.Key, "", Everything)).MustBe(405, "method_not_allowed");
        (await server.SendAsync("POST", "/v1/deposits?x=1", null, server.Main.Key, "", Everything)).MustBe(406, "not_acceptable");
        (
            await server.SendAsync(
                "POST", "/v1/deposits?x=1", null, server.Main.Key, "",
                request => request.Content = new StringContent(new string('{', 2 << 20), Encoding.UTF8, "text/plain")))
            .MustBe(415, "unsupported_media_type");
        (await server.SendAsync("POST", "/v1/deposits?x=1", new string('{', 2 << 20), server.Main.Key, "")).MustBe(413, "too_large");
        (await server.SendAsync("POST", "/v1/deposits?x=1", "{", server.Main.Key, "")).MustBe(400, "malformed_request");
        (await server.SendAsync("POST", "/v1/deposits?x=1", Bad, server.Main.Key, "")).MustBe(400, "invalid_query");
        (await server.SendAsync("POST", "/v1/deposits", Bad, server.Main.Key, "")).MustBe(400, "key_required");
        (await server.SendAsync("POST", "/v1/deposits", Bad, server.Main.Key, "a b")).MustBe(400, "invalid_key");
        (await server.SendAsync("POST", "/v1/deposits", Bad, server.Main.Key)).MustBe(422, "invalid_fields");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer x")]
    [InlineData("Bearer kopeck_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Basic a29wZWNrOmtvcGVjaw==")]
    [InlineData("kopeck_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Without_a_valid_key_nothing_is_told_but_how_to_send_one(string? authorization)
    {
        foreach (var path
            in new[] { "/v1/accounts", "/v1/nothing", "/nothing", "/v1/operations?x=1", "/health", "/docs.html", "/openapi/v2.json" })
        {
            var reply = await server.SendAsync("GET", path, null, null, "", request =>
            {
                if (authorization is not null)
                    request.Headers.TryAddWithoutValidation("Authorization", authorization);
            });
            reply.MustBe(401, "unauthorized");
            Assert.StartsWith("Bearer", reply.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_with_anything_added_or_missing_is_no_key()
    {
        var key = server.Main.Key;
        foreach (var wrong in new[] { key[..^1], key + "A", key.ToUpperInvariant(), key[7..], key + "=" })
            (await server.GetAsync("/v1/accounts", wrong)).MustBe(401, "unauthorized");
        (
            await server.SendAsync(
                "GET", "/v1/accounts", null, null, "",
                request => request.Headers.TryAddWithoutValidation("Authorization", "bEARER " + key)))
            .MustBe(200);
        (
            await server.SendAsync(
                "GET", "/v1/accounts", null, null, "",
                request => request.Headers.TryAddWithoutValidation("Authorization", ["Bearer " + key, "Bearer " + key])))
            .MustBe(401);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=latin1")]
    [InlineData("application/jsonx")]
    [InlineData("application/merge-patch+json")]
    [InlineData("json")]
    [InlineData("")]
    [InlineData("application/json, application/json")]
    public Task A_body_of_another_media_type_is_refused(string mediaType) =>
        RefuseAsync(415, "unsupported_media_type", request => Set(request, "{}", mediaType));

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity, gzip")]
    public Task An_encoded_body_is_refused(string encoding) => RefuseAsync(415, "unsupported_media_type", request =>
    {
        Set(request, "{}", "application/json");
        request.Content!.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
    });

    [Theory]
    [InlineData("text/html")]
    [InlineData("image/*")]
    [InlineData("application/xml;q=1, application/json;q=0")]
    public Task Answers_are_JSON_only(string accept) => RefuseAsync(406, "not_acceptable", request =>
    {
        Set(request, "{}", "application/json");
        request.Headers.TryAddWithoutValidation("Accept", accept);
    });

    [Theory]
    [InlineData("application/json; charset=UTF-8", "*/*")]
    [InlineData("APPLICATION/JSON", "application/*")]
    [InlineData("application/json; charset=\"utf-8\"; x=y", "text/html, application/json;q=0.1")]
    [InlineData("application/json", "application/problem+json")]
    public Task Media_types_are_read_as_the_standard_says(string mediaType, string accept) => RefuseAsync(422, "invalid_fields", request =>
    {
        Set(request, "{}", mediaType);
        request.Headers.TryAddWithoutValidation("Accept", accept);
    });

    [Theory]
    [InlineData("\"\"")]
    [InlineData("a b")]
    [InlineData("a\tb")]
    public Task A_bad_idempotency_key_is_refused(string key) => RefuseKeyAsync(key);

    [Fact]
    public async Task A_long_or_repeated_idempotency_key_is_refused()
    {
        await RefuseKeyAsync(new string('k', 256));
        await RefuseKeyAsync("a", "b");
        await RefuseKeyAsync("a", "a");
    }

    [Fact]
    public async Task A_body_that_is_not_UTF8_is_malformed()
    {
        foreach (var bytes
            in new byte[][]
            {
                [.. "{\"a\": \""u8, 0xff, .. "\"}"u8],
                [.. "{\"a\": \""u8, 0xc0, 0x80, .. "\"}"u8],
                [.. "{\"a\": \""u8, 0xed, 0xa0, 0x80, .. "\"}"u8],
                Encoding.Unicode.GetBytes("{}"),
                [0xff, 0xfe, .. Encoding.Unicode.GetBytes("{}")]
            })
        {
            await RefuseAsync(400, "malformed_request", request =>
            {
                request.Content = new ByteArrayContent(bytes);
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            });
        }
    }

    [Theory]
    [InlineData("/v1/deposits", 1 << 20)]
    [InlineData("/v1/batches", 16 << 20)]
    [InlineData("/v1/quotes/import", 16 << 20)]
    public async Task A_body_over_the_limit_is_too_large_with_and_without_its_length(string path, int limit)
    {
        var atLimit = (await server.PostAsync(path, "{}" + new string(' ', limit - 2))).Status;
        Assert.Equal(422, atLimit);
        (await server.PostAsync(path, "{}" + new string(' ', limit - 1))).MustBe(413, "too_large");
        (
            await server.SendAsync(
                "POST", path, "{}" + new string(' ', limit + 100_000), server.Main.Key,
                change: request => request.Headers.TransferEncodingChunked = true))
            .MustBe(413, "too_large");
    }

    [Theory]
    [InlineData("GET /v1/accounts\r\n\r\n", 400)]
    [InlineData("GARBAGE\r\n\r\n", 400)]
    [InlineData("GET /v1/accounts HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /v1/%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET /v1/acc\0ounts HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET /v1/%zz%u1234%ff HTTP/1.1\r\nHost: x\r\n\r\n", 401)]
    [InlineData("GET * HTTP/1.1\r\nHost: x\r\n\r\n", 405)]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 401)]
    [InlineData("POST /v1/deposits HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("POST /v1/deposits HTTP/1.1\r\nHost: x\r\nContent-Length: +2\r\n\r\n{}", 400)]
    [InlineData("POST /v1/deposits HTTP/1.1\r\nHost: x\r\ncontent-length: +2\r\n\r\n{}", 400)]
    [InlineData("POST /v1/deposits HTTP/1.1\r\nHost: x\r\nContent-Length: 2 2\r\n\r\n{}", 400)]
    [InlineData("POST /v1/deposits HTTP/1.1\r\nHost: x\r\nContent-Length: 0x2\r\n\r\n{}", 400)]
    [InlineData("POST /v1/deposits HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n\r\n{}", 400)]
    [InlineData("POST /v1/deposits HTTP/1.1\r\nHost: x\r\nContent-Length: 9223372036854775808\r\n\r\n{}", 400)]
    [InlineData("POST /v1/deposits HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999999\r\n\r\n{}", 400)]
    // A space of Unicode is no space before a key.
    [InlineData("GET /v1/book HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \u00c2\u00a0$secret\r\n\r\n", 401)]
    // Digits are digits: these get as far as the key that is not there.
    [InlineData("POST /v1/deposits HTTP/1.1\r\nHost: x\r\nContent-Length: 0000000000000000000000000000000002\r\n\r\n{}", 401)]
    [InlineData("POST /v1/deposits HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 401)]
    [InlineData("POST /v1/deposits HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\n", 401)]
    // What a trailer says of a length is passed over.
    [
        InlineData(
            "POST /v1/deposits HTTP/1.1\r\nHost: x\r\nAuthorization: $key\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nContent-Length: +5\r\n\r\n",
            422)]
    [
        InlineData(
            "POST /v1/deposits HTTP/1.1\r\nHost: x\r\nAuthorization: $key\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: a\0b\r\n\r\n",
            400)]
    [
        InlineData(
            "POST /v1/deposits HTTP/1.1\r\nHost: x\r\nAuthorization: $key\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: \u00ff\u00fe\r\n\r\n",
            400)]
    [
        InlineData(
            "POST /v1/deposits HTTP/1.1\r\nHost: x\r\nAuthorization: $key\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n: x\r\n\r\n",
            400)]
    [InlineData("POST /v1/deposits HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("POST /v1/deposits HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("GET /docs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("POST /v1/deposits HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}", 400)]
    [
        InlineData(
            "POST /v1/deposits HTTP/1.1\r\nHost: x\r\nAuthorization: $key\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            400)]
    [
        InlineData(
            "POST /v1/deposits HTTP/1.1\r\nHost: x\r\nAuthorization: $key\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n80000000\r\n",
            400)]
    [
        InlineData(
            "POST /v1/deposits HTTP/1.1\r\nHost: x\r\nAuthorization: $key\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
            400)]
    public async Task What_is_hardly_HTTP_gets_a_4xx(string request, int status)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.Latin1.GetBytes(
                request.Replace("$key", "Bearer $secret", StringComparison.Ordinal)
                    .Replace("$secret", server.Main.Key, StringComparison.Ordinal)),
            TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var line = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 " + status.ToString(CultureInfo.InvariantCulture), line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_path_or_header_is_a_4xx_and_a_long_query_is_refused()
    {
        Assert.Equal(414, (await server.GetAsync("/v1/customers/" + new string('1', 20_000))).Status);
        Assert.Equal(
            431,
            (
                await server.SendAsync(
                    "GET", "/v1/customers", null, server.Main.Key,
                    change: request => request.Headers.Add("X-Long", new string('x', 40_000)))).Status);
        (await server.GetAsync("/v1/customers?name=" + new string('x', 301))).MustBe(400, "invalid_query");
    }

    [Fact]
    public async Task HEAD_answers_as_GET_does_without_the_body_and_405_names_what_is_allowed()
    {
        var get = await server.GetAsync("/v1/accounts");
        var head = await server.SendAsync("HEAD", "/v1/accounts", null, server.Main.Key);
        Assert.Equal((200, ""), (head.Status, head.Text));
        Assert.Equal(get.Headers["Content-Length"], head.Headers["Content-Length"]);
        Assert.Equal(405, (await server.SendAsync("HEAD", "/v1/transfers", null, server.Main.Key)).Status);
        var allowed = (await server.SendAsync("DELETE", "/v1/customers/" + server.Main["customer"], null, server.Main.Key))
            .MustBe(405, "method_not_allowed");
        Assert.Equal("GET, HEAD, PATCH", allowed.Headers["Allow"]);
    }

    static void Set(HttpRequestMessage request, string body, string mediaType)
    {
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (mediaType.Length > 0)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
    }

    Task RefuseKeyAsync(params string[] keys) => RefuseAsync(400, "invalid_key", request =>
    {
        Set(request, "{}", "application/json");
        request.Headers.Remove("Idempotency-Key");
        foreach (var key in keys)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
    });

    async Task RefuseAsync(int status, string code, Action<HttpRequestMessage> change)
    {
        var before = await server.HeadAsync(server.BookOf(server.Main.Key));
        (await server.SendAsync("POST", "/v1/deposits", null, server.Main.Key, change: change)).MustBe(status, code);
        Assert.Equal(before, await server.HeadAsync(server.BookOf(server.Main.Key)));
    }
}
