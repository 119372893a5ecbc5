namespace Kopeck.Engine.Reading;

/// <summary>The key of an account's entry: the operation and the place in it.</summary>
public readonly record struct EntryKey(long Number, int Place);
