using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Kinds;

/// <summary>A new value of one personal column; a null text clears it.</summary>
/// <param name="Column">The place in <see cref="CustomerDetails.Columns"/>.</param>
/// <param name="Text">A valid value of the column.</param>
public readonly record struct DetailChange(int Column, string? Text);
