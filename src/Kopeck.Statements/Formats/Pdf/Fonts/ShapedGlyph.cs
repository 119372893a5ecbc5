namespace Kopeck.Statements.Formats.Pdf.Fonts;

/// <summary>A glyph in its place. Lengths are thousandths of the size.</summary>
/// <param name="Cluster">The place in the text of the first character that it stands for.</param>
/// <param name="Advance">To the next glyph.</param>
/// <param name="Right">From its place.</param>
/// <param name="Up">From the base line.</param>
readonly record struct ShapedGlyph(int Glyph, int Cluster, int Advance, int Right, int Up);
