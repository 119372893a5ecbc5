using System.Diagnostics;
using System.Globalization;
using Kopeck.Cli.Settings;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Journal;

namespace Kopeck.Cli.Commands;

/// <summary><c>kopeck verify</c>, <c>rebuild</c> and <c>journal export</c>.</summary>
static class VerificationCommands
{
    public static async Task<int> VerifyAsync(ProgramSettings settings, string bookName, string? fromHead, bool isJson)
    {
        var known = ParseHead(fromHead);
        await using var session = await Session.OpenAsync(settings);
        var book = await session.RequireBookAsync(bookName);
        var started = Stopwatch.GetTimestamp();
        using var progress = new Progress("operations verified");
        var result = Verifier.Verify(session.Database.OpenForVerification(), book, known, progress.Report);
        progress.Dispose();
        if (isJson)
        {
            Output.Json(json =>
            {
                json.WriteString("book", book.Value);
                json.WriteBoolean("isRight", result.Finding is null);
                json.WriteString("finding", result.Finding?.ToString());
                json.WriteString("operations", Output.Text(result.Operations));
                json.WriteString("headHash", result.Finding is null ? result.HeadHash.ToString() : null);
            });
            return result.Finding is null ? ExitCodes.Done : ExitCodes.Failed;
        }

        if (result.Finding is { } finding)
        {
            Console.Out.WriteLine($"Book {book} is wrong: {finding}");
            return ExitCodes.Failed;
        }

        Console.Out.WriteLine(
            $"Book {book} is right: {result.Operations} operations, every hash, entry, balance, account, customer, quote and key");
        Console.Out.WriteLine($"head {result.Operations}:{result.HeadHash}");
        if (!Console.IsOutputRedirected)
            Console.Out.WriteLine(
                $"({Stopwatch.GetElapsedTime(started).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s; note the head elsewhere, and `kopeck verify --from-head` finds a rewritten tail)");
        return ExitCodes.Done;
    }

    public static async Task<int> RebuildAsync(ProgramSettings settings, string bookName)
    {
        await using var session = await Session.OpenAsync(settings, anyFolding: true);
        var book = await session.RequireBookAsync(bookName);
        using var progress = new Progress("operations replayed");
        var result = await session.Database.RebuildAsync(book, progress.Report);
        progress.Dispose();
        if (result.Finding is { } finding)
        {
            Console.Out.WriteLine($"Nothing was changed: the journal of book {book} itself is wrong: {finding}");
            return ExitCodes.Failed;
        }

        Console.Out.WriteLine($"The derived tables of book {book} are made anew from {result.Operations} operations");
        return ExitCodes.Done;
    }

    public static async Task<int> ExportAsync(ProgramSettings settings, string bookName, long after, string? output, bool withPersonal)
    {
        await using var session = await Session.OpenAsync(settings);
        var book = await session.RequireBookAsync(bookName);
        await using var stream = new BufferedStream(
            output is null or OutputFile.Standard ? Console.OpenStandardOutput() : OutputFile.Create(output), 1 << 16);
        var head = (await session.Store.FindBookAsync(book, CancellationToken.None))!.Head.Number;
        using var progress = new Progress("operations written");
        var count = await JournalExport.WriteAsync(
            session.Store, book, after, withPersonal, stream, number => progress.Report(number, Math.Max(head, number)),
            CancellationToken.None);
        progress.Dispose();
        session.Security.JournalExported(Session.Actor, book, after, withPersonal);
        Console.Error.WriteLine($"{count} operations of book {book} written");
        return ExitCodes.Done;
    }

    static (long Number, Digest Hash)? ParseHead(string? text)
    {
        if (text is null)
            return null;
        var parts = text.Split(':');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1
            && Digest.TryParse(parts[1], out var hash)
            ? (number, hash)
            : throw new UsageException("--from-head is NUMBER:HASH, as `kopeck verify` prints it");
    }
}
