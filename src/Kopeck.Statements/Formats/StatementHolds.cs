using Kopeck.Ledger.Holds;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats;

/// <summary>Open holds as all formats tell them.</summary>
static class StatementHolds
{
    /// <summary>Who is paid: an account's id, or <c>cash</c>; null where captures say.</summary>
    public static string? Receiver(Hold hold) => hold.ToCash ? "cash" : hold.To is { } to ? PlainText.Of(to) : null;
}
