namespace Kopeck.Ledger.Kinds;

/// <summary>Why an operation does not follow from the book before it.</summary>
/// <param name="Problem">Never holds personal values. <c>default</c> says nothing.</param>
/// <param name="IsOfEntries">Whether what moved is wrong, and not what the body says.</param>
public readonly record struct Flaw(string Problem, bool IsOfEntries)
{
    /// <summary>What moved is wrong; none where the problem is null.</summary>
    internal static Flaw? OfEntries(string? problem) => problem is null ? null : new Flaw(problem, IsOfEntries: true);

    /// <summary>What the body says is wrong; none where the problem is null.</summary>
    internal static Flaw? OfBody(string? problem) => problem is null ? null : new Flaw(problem, IsOfEntries: false);
}
