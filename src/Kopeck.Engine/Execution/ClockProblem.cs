namespace Kopeck.Engine.Execution;

/// <summary>Why nothing may be written at an instant.</summary>
/// <param name="IsHeadAhead">
/// Whether it is only that the book's last operation is ahead of the clock, which an operation can end; otherwise this node's clock is
/// wrong by the database server's.
/// </param>
sealed record ClockProblem(string Detail, bool IsHeadAhead);
