using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Kopeck.Statements.Tests;

/// <summary>An answer over HTTP.</summary>
sealed record Reply(int Status, byte[] Bytes, HttpResponseHeaders Headers, HttpContentHeaders Content)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    public string this[string member] => Json.GetProperty(member).ToString();

    /// <summary>The lines of NDJSON of one type.</summary>
    public IReadOnlyList<JsonElement> Rows(string type) =>
        [
            .. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
                .Where(row => row.GetProperty("type").GetString() == type)];

    /// <summary>The rows of CSV without quotes in it.</summary>
    public IReadOnlyList<string[]> Table => [.. Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(','))];

    public Reply MustBe(int status)
    {
        Assert.True(Status == status, $"expected {status}, got {Status} {Text}");
        return this;
    }

    /// <summary>A problem with a code, and the parameters that it names with theirs.</summary>
    public Reply MustBe(int status, string code, string errors = "")
    {
        MustBe(status);
        Assert.Equal("application/problem+json", Content.ContentType!.MediaType);
        Assert.Equal(code, this["code"]);
        Assert.Equal(
            errors,
            Json.TryGetProperty("errors", out var all)
                ? string.Join(
                    ' ',
                    all.EnumerateArray()
                        .Select(error => $"{error.GetProperty("parameter").GetString()}:{error.GetProperty("code").GetString()}"))
                : "");
        Assert.Null(Content.ContentDisposition);
        return this;
    }
}
