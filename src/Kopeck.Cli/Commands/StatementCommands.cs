using System.Globalization;
using Kopeck.Cli.Settings;
using Kopeck.Ledger.Errors;
using Kopeck.Statements;
using Kopeck.Statements.Model;
using Kopeck.Statements.Reports;
using Kopeck.Statements.Writing;

namespace Kopeck.Cli.Commands;

/// <summary>
/// <c>kopeck statement</c>, <c>report</c> and <c>export</c>: straight from the database, beside a serving server or without one.
/// </summary>
static class StatementCommands
{
    public static async Task<int> DrawAsync(ProgramSettings settings, StatementArguments arguments)
    {
        var common = arguments.Common;
        var writer = common.Choose(StatementFormats.All, format => format.Format, format => format.Extension);
        var (subject, since, until, at, language) = (arguments.Subject, common.Since, common.Until, common.At, common.Language);
        await using var session = await Session.OpenAsync(settings);
        using var progress = new Progress("lines");
        long done = 0;
        long? lines = null;
        var request = new StatementRequest(await session.RequireBookAsync(common.Book), subject, since, until, at)
        {
            Zone = common.Zone,
            WithHolds = arguments.WithHolds,
            OnPage = count => progress.Report(done += count, lines ?? done),
        };
        var (file, rejection) = await new StatementFiles(session.Store, session.Time, settings.Letterheads)
            .DrawAsync(request, writer, language, progress.IsShown, CancellationToken.None);
        if (file is null)
            return Refuse(rejection!);
        lines = file.Lines;
        session.Security.FileDrawn(Session.Actor, request.Book, "statement");
        return await OutputFile.WriteAsync(file, common, progress);
    }

    public static async Task<int> ReportAsync(ProgramSettings settings, string name, string? dateText, DrawArguments common)
    {
        var writer = common.Choose(ReportFormats.All, format => format.Format, format => format.Extension);
        var (since, until, at, date, language) = (common.Since, common.Until, common.At, Date(dateText), common.Language);
        if (name == "exchange" && (since ?? until) is not null)
            throw new UsageException("The report exchange has no period: it is as of --at, at the quotes of --date");
        if (name != "exchange" && date is not null)
            throw new UsageException("--date is for the report exchange; others are as of --at");
        await using var session = await Session.OpenAsync(settings);
        using var progress = new Progress("operations read");
        var request = new ReportRequest(
            await session.RequireBookAsync(common.Book), at, since, until, date)
        { Zone = common.Zone, OnProgress = progress.Report };
        var (file, rejection) = await new StatementFiles(session.Store, session.Time, settings.Letterheads)
            .DrawAsync(name, request, writer, language, CancellationToken.None);
        if (file is null)
            return Refuse(rejection!);
        session.Security.FileDrawn(Session.Actor, request.Book, "report " + name);
        return await OutputFile.WriteAsync(file, common, progress);
    }

    /// <summary><c>kopeck export</c>.</summary>
    public static async Task<int> ExportAsync(ProgramSettings settings, string format, DrawArguments common)
    {
        var export = BookExport.Find(format)!;
        var at = common.At;
        await using var session = await Session.OpenAsync(settings);
        using var progress = new Progress("operations written");
        var book = await session.RequireBookAsync(common.Book);
        var (file, rejection) = await new StatementFiles(session.Store, session.Time, settings.Letterheads)
            .DrawAsync(book, at, export, progress.Report, CancellationToken.None);
        if (file is null)
            return Refuse(rejection!);
        session.Security.FileDrawn(Session.Actor, book, "export " + format);
        return await OutputFile.WriteAsync(file, common, progress);
    }

    static DateOnly? Date(string? text)
    {
        if (text is null)
            return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new UsageException($"--date is \"{text}\": give a date such as 2026-11-23");
    }

    /// <summary>A rejection names HTTP's parameters, which are the options.</summary>
    public static int Refuse(Rejection rejection)
    {
        if (rejection.Code == ErrorCode.InvalidQuery)
            throw new UsageException("--" + rejection.Detail);
        Console.Error.WriteLine($"kopeck: {rejection.Detail} ({rejection.Code.Name()})");
        foreach (var candidate in rejection.Candidates)
            Console.Error.WriteLine(
                $"  --customer {candidate.Id}  {candidate.Name}, {candidate.City}, {candidate.Country}{(candidate.Code is { } code ? $", code {code}" : "")}");
        return ExitCodes.Failed;
    }
}
