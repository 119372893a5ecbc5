namespace Kopeck.Engine.Verification;

/// <summary>The first thing that is wrong in a book. Never holds personal values.</summary>
/// <param name="Table">Where.</param>
/// <param name="Key">Which row.</param>
/// <param name="Column">Which column; null where the row itself is wrong.</param>
/// <param name="Problem">What is wrong with it.</param>
public sealed record Finding(string Table, string Key, string? Column, string Problem)
{
    /// <summary>One line.</summary>
    public override string ToString() => $"{Table} {Key}{(Column is null ? "" : $", {Column}")}: {Problem}";
}
