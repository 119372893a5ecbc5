using Kopeck.Api;
using Kopeck.Api.Answers;
using Kopeck.Api.Calls;
using Kopeck.Api.Inputs;
using Kopeck.Cli.Settings;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Quotes.Feeds;
using Kopeck.Server.Http;

namespace Kopeck.Cli.Commands;

/// <summary>Commands that write to a book directly, beside a serving server or without one.</summary>
static class SubmitCommands
{
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
        var caller = new Caller(await session.RequireBookAsync(book), Session.Actor, Scopes.Admin);
        var outcome = await session.Engine.ImportQuotesAsync(caller, feed, ReadKey(key));
        if (outcome.Rejection is { } rejection)
            return Fail(rejection);
        var again = outcome.IsReplay ? " (already loaded with this key)" : "";
        var written =
            outcome.Operation is { } operation
                ? $"{Count(outcome.Operations, "operation")}, the last one {operation}{again}"
                : "nothing new";
        Console.Out.WriteLine(
            $"{Count(outcome.Loaded, "quote")} of {Count(outcome.Dates, "day")} from {feed.Source} loaded into {book}, {outcome.Unchanged} so already: {written}");
        foreach (var figure in outcome.Skipped)
            Console.Out.WriteLine($"skipped {figure.Currency}: {figure.Reason.Detail} ({figure.Reason.Code})");
        return ExitCodes.Done;
    }

    /// <summary><c>kopeck submit</c>: the body of <c>POST /v1/batches</c>, read and answered as over HTTP.</summary>
    public static async Task<int> SubmitAsync(ProgramSettings settings, string file, string book, string key)
    {
        var content = await ReadAsync(file);
        var batchKey = ReadKey(key);
        await using var session = await Session.OpenAsync(settings);
        var who = new Identity(await session.RequireBookAsync(book), Session.Actor, Scopes.Admin, IsOperator: false);
        var (request, problems) = (new BatchRequest(), new Problems());
        if ((JsonBody.Read(content, request.Call, request, who, problems) ?? problems.Refusal) is { } refusal)
            throw new UsageException($"{file} is not a batch, {{\"operations\": [{{\"kind\": \"deposit\", ...}}]}}: {refusal.Detail}");
        var result =
            await request.Call.RunAsync(new CallContext(session.Api, who, request.Call, batchKey, CancellationToken.None), request);
        if (result.Rejection is { } rejection)
            return Fail(rejection);
        var answer = (BatchAnswer)result.Answer!;
        Console.Out.WriteLine(answer.ToJson());
        return answer.Outcomes.All(outcome => outcome.IsAccepted) ? ExitCodes.Done : ExitCodes.Failed;
    }

    static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

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
        return rejection.Code is ErrorCode.StorageUnavailable or ErrorCode.Overloaded or ErrorCode.ClockSkew
            ? ExitCodes.Unavailable
            : ExitCodes.Failed;
    }
}
