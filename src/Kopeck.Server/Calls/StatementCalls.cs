using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Answers;
using Kopeck.Server.Queries;
using Kopeck.Statements;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Server.Calls;

/// <summary>Statements in every format, written while they are read.</summary>
static class StatementCalls
{
    static readonly IReadOnlyList<AnswerFormat> Formats = [.. StatementFormats.All.Select(writer => new AnswerFormat(writer.Format, writer.MediaType))];

    public static QueryParameter Language { get; } =
        new("lang", ParameterKind.Choice, "The language of headings; what Accept-Language names if left out") { Words = [.. Statements.Languages.Language.All.Select(language => language.Code)] };

    static readonly IReadOnlyList<QueryParameter> Query =
    [
        Members.Since,
        Members.Until,
        new("at", ParameterKind.Moment, "Pin it at this journal number, or at an instant in the past; the last operation if left out. At the same number it is the same again"),
        new(AnswerFormat.Parameter, ParameterKind.Choice, "The format; what Accept names if left out") { Words = [.. Formats.Select(format => format.Name)] },
        Language,
    ];

    public static IEnumerable<Call> All =>
    [
        new("GET", "/v1/wallets/{id}/statement", "A wallet's statement", context => DrawAsync(context, new StatementSubject.OfWallet(context.PathId))) { Scope = Scopes.Read, Query = Query, Formats = Formats, AnswerSchema = "Statement" },
        new("GET", "/v1/customers/{id}/statement", "A statement of all of a customer's wallets", context => DrawAsync(context, new StatementSubject.OfCustomer(context.PathId))) { Scope = Scopes.Read, Query = Query, Formats = Formats, AnswerSchema = "Statement" },
        new("GET", "/v1/reports/operations", "A statement of all wallets of the one customer with a name", context => DrawAsync(context, new StatementSubject.OfName(context.Query.Text("name")!)))
        {
            Scope = Scopes.Read,
            Formats = Formats,
            AnswerSchema = "Statement",
            Query = [new("name", ParameterKind.Field, "The customer's name, case and accents ignored, or the start of it if nobody is called so; several such customers are 409 ambiguous_name") { Field = FieldTypes.CustomerName, IsRequired = true }, .. Query],
        },
    ];

    /// <summary>The language that was asked for.</summary>
    public static Language LanguageOf(CallContext context) =>
        context.Query.Text("lang") is { } code ? Statements.Languages.Language.Find(code)! : LanguageChoice.ByHeader(context.AcceptLanguage);

    /// <summary>The point that <c>at</c> names.</summary>
    public static PinPoint? PointOf(CallContext context) =>
        context.Query.Moment("at") is { } moment ? new PinPoint(moment.Number, moment.Instant) : null;

    /// <summary>What draws in this server.</summary>
    public static StatementFiles FilesOf(CallContext context) => new(context.Engine.Store, context.Time, context.Options.Letterheads);

    static async ValueTask<Answer> DrawAsync(CallContext context, StatementSubject subject)
    {
        context.RequireRunning();
        var request = new StatementRequest(context.Book, subject, context.Query.Instant("since"), context.Query.Instant("until"), PointOf(context));
        var writer = StatementFormats.Find(context.Query.Text(AnswerFormat.Parameter) ?? context.AcceptedFormat!)!;
        var (file, rejection) = await FilesOf(context).DrawAsync(request, writer, LanguageOf(context), isCounted: false, context.Cancelled);
        return file is null ? Answer.Reject(rejection!) : Answer.Of(200, new FileContent(file));
    }
}
