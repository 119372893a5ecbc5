namespace Kopeck.Engine.Storage;

/// <summary>A row of <c>captures</c>.</summary>
public readonly record struct CaptureRow(long Hold, long Number, long Amount);
