using Kopeck.Statements.Formats.Pdf.Fonts;

namespace Kopeck.Statements.Formats.Pdf.Text;

/// <summary>A part of a line in one font.</summary>
/// <param name="Text">What it says, in the order in which it is read.</param>
/// <param name="Width">In thousandths of the size.</param>
/// <param name="Font">Null is the program's own, whose letters stand beside each other as they are.</param>
/// <param name="Glyphs">From left to right; empty in the program's own font.</param>
/// <param name="Language">What it is most likely written in; null where that is not told by its letters.</param>
sealed record LaidRun(string Text, int Width, EmbeddedFont? Font, ShapedGlyph[] Glyphs, string? Language);
