using Kopeck.Api.Inputs;
using Kopeck.Api.Values;
using Kopeck.Statements.Reports;

namespace Kopeck.Api.Calls;

/// <summary>Asks for a report of a period of a whole book.</summary>
public abstract record PeriodReportRequest : ReportCallRequest
{
    /// <summary>From this instant on, or from the beginning of this day.</summary>
    public LedgerBound Since { get; set; }

    /// <summary>Before this instant, or before the beginning of this day.</summary>
    public LedgerBound Until { get; set; }

    internal override ReportRequest Cover(ReportRequest request) => request with { Since = Since.Bound, Until = Until.Bound };

    /// <summary>The parameters that all of them have.</summary>
    internal static Input[] PeriodParameters<TRequest>(InputsOf<TRequest> take)
        where TRequest : PeriodReportRequest =>
        [
            take.QueryBorder("since", Describe.PeriodSince, r => r.Since, (r, border) => r.Since = border),
            take.QueryBorder("until", Describe.PeriodUntil, r => r.Until, (r, border) => r.Until = border),
            .. Parameters(take),
        ];
}
