namespace Kopeck.Ledger.Reversals;

/// <summary>The names on the wire and in the journal: constants that never change.</summary>
public static class Differences
{
    static readonly string[] Names = ["house", "sender", "receiver"];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The name, such as <c>house</c>.</summary>
    public static string Name(this Difference difference) => Names[(int)difference];

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string? name, out Difference difference)
    {
        var place = Array.IndexOf(Names, name);
        difference = (Difference)Math.Max(0, place);
        return place >= 0;
    }
}
