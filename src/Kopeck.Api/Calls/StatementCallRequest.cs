using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;
using Kopeck.Api.Values;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Api.Calls;

/// <summary>Asks for a statement, written while it is read.</summary>
public abstract record StatementCallRequest : DocumentRequest
{
    /// <summary>The formats of statements.</summary>
    internal static IReadOnlyList<AnswerFormat> Formats { get; } = [.. StatementFormats.All.Select(writer => new AnswerFormat(
        writer.Format, writer.MediaType))];

    /// <summary>From this instant on, or from the beginning of this day.</summary>
    public LedgerBound Since { get; set; }

    /// <summary>Before this instant, or before the beginning of this day.</summary>
    public LedgerBound Until { get; set; }

    /// <summary>Whether to tell the holds that are open at the point that it is drawn at, in formats that tell them.</summary>
    public bool Holds { get; set; }

    /// <summary>Whose statement.</summary>
    internal abstract StatementSubject Subject { get; }

    /// <summary>The parameters that all of them have.</summary>
    internal static Input[] Parameters<TRequest>(InputsOf<TRequest> take)
        where TRequest : StatementCallRequest =>
        [
            take.QueryBorder("since", Describe.PeriodSince, r => r.Since, (r, border) => r.Since = border),
            take.QueryBorder("until", Describe.PeriodUntil, r => r.Until, (r, border) => r.Until = border),
            take.QueryFlag(
                "holds",
                "Tell the holds that are open at the pin too, in formats that tell them: "
                + "json, ndjson, csv, csv-excel, csv-summary, xml, xlsx and pdf",
                r => r.Holds,
                (r, holds) => r.Holds = holds),
            .. Common(
                take,
                "Pin it at this journal number, or at an instant in the past; the last operation if left out. "
                + "At the same number it is the same again",
                Formats),
        ];

    /// <summary>Draws one.</summary>
    internal static async ValueTask<Result<FileAnswer>> RunAsync(CallContext context, StatementCallRequest request)
    {
        context.RequireRunning();
        var drawn = new StatementRequest(context.Book, request.Subject, request.Since.Bound, request.Until.Bound, request.Pin)
        {
            Zone = request.Zone,
            WithHolds = request.Holds,
        };
        var writer = StatementFormats.Find(request.FormatName)!;
        return ToResult(await FilesOf(context).DrawAsync(
            drawn, writer, request.Language, isCounted: false, context.Cancelled).ConfigureAwait(false));
    }
}
