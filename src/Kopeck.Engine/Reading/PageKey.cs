namespace Kopeck.Engine.Reading;

/// <summary>The key of an item in its list: an id; for quotes a day number and a revision.</summary>
public readonly record struct PageKey(long First, long Second = 0);
