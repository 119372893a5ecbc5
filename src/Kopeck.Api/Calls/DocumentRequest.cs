using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;
using Kopeck.Api.Values;
using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Statements;
using Kopeck.Statements.Languages;

namespace Kopeck.Api.Calls;

/// <summary>Asks for a document: a statement or a report, in a format and a language.</summary>
public abstract record DocumentRequest : CallRequest<FileAnswer>
{
    /// <summary>As of this point; the last operation if left out. At the same number it is the same again, byte for byte.</summary>
    public LedgerPoint At { get; set; }

    /// <summary>The format's name, such as <c>csv</c>; the first of its kind if left out.</summary>
    public string? Format { get; set; }

    /// <summary>The language of headings; English if left out.</summary>
    public string? Lang { get; set; }

    /// <summary>
    /// The time zone in whose days it counts, by its IANA name such as <c>Europe/Berlin</c>; the book's if left out.
    /// </summary>
    public string? Tz { get; set; }

    /// <summary>The format that an interface chose, where none is named.</summary>
    public string? AcceptedFormat { get; set; }

    /// <summary>The header Accept-Language, for where no language is named.</summary>
    public string? AcceptLanguage { get; set; }

    /// <summary>The language that it is drawn in.</summary>
    internal Language Language => Lang is { } code ? Language.Find(code)! : LanguageChoice.ByHeader(AcceptLanguage);

    /// <summary>In whose days it counts; null is the book's time zone.</summary>
    internal DayZone? Zone => Tz is { } name ? DayZone.Find(name) : null;

    /// <summary>The point that it is drawn at.</summary>
    internal PointInTime? Pin => At.Point;

    /// <summary>The name of the format that it is drawn in.</summary>
    internal string FormatName => Format ?? AcceptedFormat ?? Call.Formats[0].Name;

    /// <summary>What draws in this ledger.</summary>
    internal static StatementFiles FilesOf(CallContext context) =>
        new(context.Api.Engine.Store, context.Api.Time, context.Api.Options.Letterheads);

    /// <summary>The result of drawing.</summary>
    internal static Result<FileAnswer> ToResult((StatementFile? File, Ledger.Errors.Rejection? Rejection) drawn) =>
        drawn.File is { } file ? new FileAnswer(file) : drawn.Rejection!;

    /// <summary>The parameters that all of them have.</summary>
    internal static Input[] Common<TRequest>(InputsOf<TRequest> take, string at, IReadOnlyList<AnswerFormat> formats)
        where TRequest : DocumentRequest =>
        [
            take.QueryPoint(at, r => r.At, (r, point) => r.At = point),
            take.QueryWord(
                AnswerFormat.Parameter,
                "The format; what Accept names if left out",
                [.. formats.Select(format => format.Name)],
                r => r.Format,
                (r, format) => r.Format = format),
            take.QueryWord(
                "lang",
                "The language of headings; what Accept-Language names if left out",
                [.. Language.All.Select(language => language.Code)],
                r => r.Lang,
                (r, lang) => r.Lang = lang),
            take.QueryZone(
                "tz",
                "The time zone whose days count, by its IANA name such as Europe/Berlin; the book's if left out",
                r => r.Tz,
                (r, tz) => r.Tz = tz),
        ];
}
