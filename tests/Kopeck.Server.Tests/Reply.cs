using System.Globalization;
using System.Text.Json;

namespace Kopeck.Server.Tests;

/// <summary>An answer of the server: its status, its headers and its bytes.</summary>
sealed record Reply(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? Code => Text.Length > 0 && Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>What is wrong, as <c>place:code</c> in the answer's order.</summary>
    public string Errors => Json.TryGetProperty("errors", out var errors)
        ? string.Join(
            ' ',
            errors.EnumerateArray()
                .Select(
                    error =>
                        $"{(error.TryGetProperty("pointer", out var pointer) ? pointer : error.GetProperty("parameter")).GetString()}:{error.GetProperty("code").GetString()}"))
        : "";

    public string this[string member] => Json.GetProperty(member).ToString();

    public bool IsReplay => Headers.GetValueOrDefault("Idempotency-Replayed") == "true";

    public static async Task<Reply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        // A feed has no end: its first line shows that it runs.
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
            return new Reply((int)response.StatusCode, await reader.ReadLineAsync(cancellationToken) ?? "", headers);
        }

        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken), headers);
    }

    /// <summary>The answer, which is an error with all that every error has.</summary>
    public Reply MustBe(int status, string code)
    {
        Assert.True(
            Status == status && Code == code,
            string.Create(CultureInfo.InvariantCulture, $"expected {status} {code}, got {Status} {Text}"));
        Assert.Equal("application/problem+json", Headers["Content-Type"]);
        Assert.Equal("no-store", Headers["Cache-Control"]);
        Assert.Equal("nosniff", Headers["X-Content-Type-Options"]);
        Assert.Equal($"urn:kopeck:error:{code}", this["type"]);
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.NotEmpty(this["title"]);
        Assert.NotEmpty(this["detail"]);
        return this;
    }

    public Reply MustBe(int status)
    {
        Assert.True(Status == status, string.Create(CultureInfo.InvariantCulture, $"expected {status}, got {Status} {Text}"));
        return this;
    }
}
