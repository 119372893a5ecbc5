namespace Kopeck.Engine.Reading;

/// <summary>An answer and the number of the last operation that it reflects.</summary>
public readonly record struct AsOf<T>(T Value, long Number);
