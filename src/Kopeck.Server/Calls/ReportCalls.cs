using Kopeck.Ledger.Commands;
using Kopeck.Server.Answers;
using Kopeck.Server.Queries;
using Kopeck.Statements.Reports;

namespace Kopeck.Server.Calls;

/// <summary>Reports of a whole book.</summary>
static class ReportCalls
{
    static readonly IReadOnlyList<AnswerFormat> Formats = [.. ReportFormats.All.Select(writer => new AnswerFormat(writer.Format, writer.MediaType))];

    static readonly QueryParameter[] Common =
    [
        new("at", ParameterKind.Moment, "As of this journal number, or of an instant in the past; the last operation if left out"),
        new(AnswerFormat.Parameter, ParameterKind.Choice, "The format; what Accept names if left out") { Words = [.. Formats.Select(format => format.Name)] },
        StatementCalls.Language,
    ];

    public static IEnumerable<Call> All =>
    [
        Of("trial-balance", "Every account's debits, credits and balance; zero per currency"),
        Of("exchange", "The house's positions from conversions, their worth at a date's quotes, realised and unrealised gain", new QueryParameter("date", ParameterKind.Date, "The date of the quotes; the day of the last operation if left out")),
        Of("turnover", "What moved on each day in each currency", Members.Since, Members.Until),
    ];

    static Call Of(string name, string summary, params QueryParameter[] more) =>
        new("GET", "/v1/reports/" + name, summary, context => DrawAsync(context, name)) { Scope = Scopes.Read, Query = [.. more, .. Common], Formats = Formats, AnswerSchema = "Report" };

    static async ValueTask<Answer> DrawAsync(CallContext context, string name)
    {
        context.RequireRunning();
        var query = context.Query;
        var request = new ReportRequest(context.Book, StatementCalls.PointOf(context), query.Instant("since"), query.Instant("until"), query.Date("date"));
        var writer = ReportFormats.Find(query.Text(AnswerFormat.Parameter) ?? context.AcceptedFormat!)!;
        var (file, rejection) = await StatementCalls.FilesOf(context).DrawAsync(name, request, writer, StatementCalls.LanguageOf(context), context.Cancelled);
        return file is null ? Answer.Reject(rejection!) : Answer.Of(200, new FileContent(file));
    }
}
