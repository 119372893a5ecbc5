namespace Kopeck.Statements.Formats.Pdf.Text;

/// <summary>A line of text as it is drawn.</summary>
/// <param name="Width">In thousandths of the size.</param>
/// <param name="Runs">From left to right.</param>
sealed record LaidText(int Width, IReadOnlyList<LaidRun> Runs);
