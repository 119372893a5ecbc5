namespace Kopeck.Ledger.Holds;

/// <summary>The statuses' names on the wire and in the journal: constants that never change.</summary>
public static class HoldStatuses
{
    static readonly string[] Names = ["open", "captured", "released", "expired"];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The name, such as <c>open</c>.</summary>
    public static string Name(this HoldStatus status) => Names[(int)status - 1];

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string? name, out HoldStatus status)
    {
        var place = Array.IndexOf(Names, name);
        status = (HoldStatus)(place + 1);
        return place >= 0;
    }
}
