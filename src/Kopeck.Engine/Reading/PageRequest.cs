namespace Kopeck.Engine.Reading;

/// <summary>Which part of a list to read, by the key that the list is ordered by.</summary>
/// <param name="After">The key of the last item of the page before; null for the first page.</param>
/// <param name="IsAscending">Oldest first.</param>
/// <param name="Limit">1 to 1,000.</param>
public readonly record struct PageRequest(PageKey? After, bool IsAscending, int Limit);
