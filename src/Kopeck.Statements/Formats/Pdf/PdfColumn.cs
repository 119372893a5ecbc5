namespace Kopeck.Statements.Formats.Pdf;

/// <summary>A column of a table.</summary>
/// <param name="Width">In thousandths of a point.</param>
/// <param name="IsNumber">Its cells stand at the right; what is too wide is drawn smaller, and never goes on in the next line.</param>
readonly record struct PdfColumn(string Heading, int Width, bool IsNumber = false);
