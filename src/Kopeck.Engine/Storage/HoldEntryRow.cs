namespace Kopeck.Engine.Storage;

/// <summary>A row of <c>hold_entries</c>.</summary>
public readonly record struct HoldEntryRow(long Account, long Number, int Place, long Hold, long Change, long Held);
