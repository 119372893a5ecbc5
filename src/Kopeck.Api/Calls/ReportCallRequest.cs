using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;
using Kopeck.Statements.Reports;

namespace Kopeck.Api.Calls;

/// <summary>Asks for a report of a whole book.</summary>
public abstract record ReportCallRequest : DocumentRequest
{
    /// <summary>The formats of reports.</summary>
    internal static IReadOnlyList<AnswerFormat> Formats { get; } = [.. ReportFormats.All.Select(writer => new AnswerFormat(
        writer.Format, writer.MediaType))];

    /// <summary>What it covers.</summary>
    internal virtual ReportRequest Cover(ReportRequest request) => request;

    /// <summary>The parameters that all of them have.</summary>
    internal static Input[] Parameters<TRequest>(InputsOf<TRequest> take)
        where TRequest : ReportCallRequest =>
        Common(take, "As of this journal number, or of an instant in the past; the last operation if left out", Formats);

    /// <summary>Draws one.</summary>
    internal static async ValueTask<Result<FileAnswer>> RunAsync(CallContext context, ReportCallRequest request)
    {
        context.RequireRunning();
        var writer = ReportFormats.Find(request.FormatName)!;
        var name = request.Call.Segments[^1];
        return ToResult(await FilesOf(context).DrawAsync(
            name,
            request.Cover(new ReportRequest(context.Book, request.Pin) { Zone = request.Zone }),
            writer,
            request.Language,
            context.Cancelled).ConfigureAwait(false));
    }
}
