namespace Kopeck.Engine.Storage;

/// <summary>A row of <c>reversed_operations</c>.</summary>
public readonly record struct ReversedOperationRow(long Number, bool IsWhole);
