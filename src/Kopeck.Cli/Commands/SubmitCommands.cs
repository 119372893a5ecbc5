using System.Text.Json;
using Kopeck.Cli.Settings;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Quotes.Feeds;
using Kopeck.Server.Calls;

namespace Kopeck.Cli.Commands;

/// <summary>Commands that write to a book directly, beside a serving server or without one.</summary>
static class SubmitCommands
{
    static readonly KeyName Actor = KeyName.Parse("cli");

    /// <summary><c>kopeck quotes import</c>.</summary>
    public static async Task<int> ImportQuotesAsync(ProgramSettings settings, string file, string book, string? key)
    {
        var content = await ReadAsync(file);
        if (!QuoteFeed.TryParse(content, out var feed, out var error))
        {
            Console.Error.WriteLine($"{file}: {error.Detail} ({error.Code})");
            return ExitCodes.Failed;
        }

        await using var session = await Session.OpenAsync(settings);
        var caller = new Caller(await session.RequireBookAsync(book), Actor, Scopes.Admin);
        var outcome = await session.Engine.SubmitAsync(caller, new Request { Command = new ImportQuotes(feed, Digest.Of(content)), Key = ReadKey(key) });
        if (outcome.Rejection is { } rejection)
            return Fail(rejection);
        var loaded = outcome.Group.Select(operation => operation.Body).OfType<QuotesLoaded>().ToList();
        Console.Out.WriteLine($"{loaded.Sum(day => day.Quotes.Length)} quotes of {loaded.Count} day{(loaded.Count == 1 ? "" : "s")} from {feed.Source} loaded into {book}, operation {outcome.Answer.Number}{(outcome.IsReplay ? " (already loaded with this key)" : "")}");
        return ExitCodes.Done;
    }

    /// <summary><c>kopeck submit</c>: the body of <c>POST /v1/batches</c>, answered with its outcomes as JSON.</summary>
    public static async Task<int> SubmitAsync(ProgramSettings settings, string file, string book, string key)
    {
        using var json = ParseBatch(file, await ReadAsync(file));
        var isAtomic = json.RootElement.TryGetProperty("atomic", out var atomic) && atomic.ValueKind == JsonValueKind.True;
        var batchKey = ReadKey(key)!.Value;
        var items = json.RootElement.GetProperty("operations").EnumerateArray().Select(BatchCalls.ReadItem).ToList();
        await using var session = await Session.OpenAsync(settings);
        var caller = new Caller(await session.RequireBookAsync(book), Actor, Scopes.Admin);
        var batch = await session.Engine.SubmitBatchAsync(caller, items, isAtomic, key: batchKey);
        if (batch.Rejection is { } rejection)
            return Fail(rejection);
        using var output = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            BatchCalls.WriteOutcomes(writer, batch);
        output.WriteByte((byte)'\n');
        return batch.Outcomes.All(outcome => outcome.IsAccepted) ? ExitCodes.Done : ExitCodes.Failed;
    }

    static JsonDocument ParseBatch(string file, byte[] content)
    {
        JsonDocument json;
        try
        {
            var mark = System.Text.Encoding.UTF8.Preamble;
            json = JsonDocument.Parse(content.AsMemory(content.AsSpan().StartsWith(mark) ? mark.Length : 0), new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException exception)
        {
            throw new UsageException($"{file} is not JSON: {exception.Message}");
        }

        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("operations", out var operations) && operations.ValueKind == JsonValueKind.Array
            ? json
            : throw new UsageException($"{file} is not a batch: {{\"operations\": [{{\"kind\": \"deposit\", ...}}]}}");
    }

    static IdempotencyKey? ReadKey(string? key)
    {
        if (key is null)
            return null;
        return IdempotencyKey.TryParse(key, out var parsed, out var error) ? parsed : throw new UsageException($"--key: {error.Detail}");
    }

    static async Task<byte[]> ReadAsync(string file)
    {
        try
        {
            if (file != "-")
                return await File.ReadAllBytesAsync(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {exception.Message}");
        }

        using var input = Console.OpenStandardInput();
        using var buffer = new MemoryStream();
        await input.CopyToAsync(buffer);
        return buffer.ToArray();
    }

    static int Fail(Rejection rejection)
    {
        Console.Error.WriteLine($"{rejection.Detail} ({rejection.Code.Name()})");
        return rejection.Code is ErrorCode.StorageUnavailable or ErrorCode.Overloaded or ErrorCode.ClockSkew ? ExitCodes.Unavailable : ExitCodes.Failed;
    }
}
