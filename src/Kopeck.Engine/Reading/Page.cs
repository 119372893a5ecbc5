namespace Kopeck.Engine.Reading;

/// <summary>A part of a list.</summary>
/// <param name="Next">The key to go on after; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, PageKey? Next);
