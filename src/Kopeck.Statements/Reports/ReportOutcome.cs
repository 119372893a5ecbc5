using Kopeck.Ledger.Errors;

namespace Kopeck.Statements.Reports;

/// <summary>A report to be written, or why there is none.</summary>
/// <param name="Rejection">For <see cref="ErrorCode.InvalidQuery"/> the fields' pointers are names of parameters.</param>
public sealed record ReportOutcome(Report? Report, Rejection? Rejection);
