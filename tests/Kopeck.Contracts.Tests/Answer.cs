using System.Text;
using System.Text.Json.Nodes;

namespace Kopeck.Contracts.Tests;

/// <summary>An answer of the server.</summary>
sealed record Answer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>The body as a value of an example: JSON, or the text.</summary>
    public JsonNode Value => Headers["Content-Type"].Contains("json", StringComparison.Ordinal) ? Json : JsonValue.Create(Text)!;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var text = response.Content.Headers.ContentType?.MediaType == "text/event-stream"
            ? await ReadEventAsync(response, cancellationToken)
            : await response.Content.ReadAsStringAsync(cancellationToken);
        return new Answer((int)response.StatusCode, text, headers);
    }

    // A feed has no end: its first event shows what it is.
    static async Task<string> ReadEventAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        var text = new StringBuilder();
        for (var ends = 0; ends < 2;)
        {
            var line = await reader.ReadLineAsync(cancellationToken);
            text.Append(line).Append('\n');
            if (line is null or "")
                ends++;
        }

        return text.ToString();
    }
}
