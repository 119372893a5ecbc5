using Kopeck.Cli.Settings;
using Kopeck.Statements.Bulk;

namespace Kopeck.Cli.Commands;

/// <summary><c>kopeck statements</c>: a month's end for everybody, straight from the database.</summary>
static class MonthEndCommand
{
    public static async Task<int> RunAsync(ProgramSettings settings, MonthEndArguments arguments)
    {
        var (month, writer, customers, parallel, language, zone, at) =
            (
                arguments.Month, arguments.Writer, arguments.Customers, arguments.Parallel, arguments.Common.Language,
                arguments.Common.Zone, arguments.Common.At);
        await using var session = await Session.OpenAsync(settings);
        var book = await session.RequireBookAsync(arguments.Book);
        Directory.CreateDirectory(arguments.Output);
        using var progress = new Progress("customers");
        var gate = new Lock();
        var request = new MonthEndRequest(book, month, writer, language, Path.GetFullPath(arguments.Output))
        {
            Zone = zone,
            At = at,
            Customers = customers,
            Parallel = parallel,
            OnProgress = (done, all) =>
            {
                lock (gate)
                    progress.Report(done, all);
            },
        };
        var (result, rejection) =
            await new MonthEnd(session.Store, session.Time, settings.Letterheads).WriteAsync(request, CancellationToken.None);
        if (result is null)
            return StatementCommands.Refuse(rejection!);
        progress.Dispose();
        session.Security.FileDrawn(Session.Actor, book, "statements of a month");
        Console.Error.WriteLine(
            $"{result.Files} statements as of operation {result.Number}, {result.Skipped} of them there before, {result.Refused} customers without one");
        Console.Error.WriteLine($"{result.Index} is written");
        return ExitCodes.Done;
    }
}
