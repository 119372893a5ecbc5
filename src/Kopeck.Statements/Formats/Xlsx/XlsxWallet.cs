using Kopeck.Engine.Reading;
using Kopeck.Statements.Model;

namespace Kopeck.Statements.Formats.Xlsx;

/// <summary>What a wallet came to.</summary>
/// <param name="ClosingWorth">In the base currency; null where no quote was in force.</param>
sealed record XlsxWallet(StatementSection Section, EntrySums Sums, Int128? ClosingWorth);
