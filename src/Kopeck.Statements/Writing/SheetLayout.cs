namespace Kopeck.Statements.Writing;

/// <summary>What a worksheet is besides its cells.</summary>
/// <param name="Name">On its tab, at most 31 letters.</param>
/// <param name="Widths">Of the columns, in characters.</param>
/// <param name="IsTable">Its first row are headings, which stay in sight, can be filtered by and are printed on every page; the page
/// lies.</param>
/// <param name="FrozenColumns">How many columns stay in sight too.</param>
/// <param name="PageTitle">What is printed above every page.</param>
sealed record SheetLayout(string Name, IReadOnlyList<int> Widths, bool IsTable = false, int FrozenColumns = 0, string? PageTitle = null);
