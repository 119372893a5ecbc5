namespace Kopeck.Engine.Storage;

/// <summary>A row of <c>entries</c>.</summary>
public readonly record struct EntryRow(long Account, long Number, int Place, long Amount, long Balance);
