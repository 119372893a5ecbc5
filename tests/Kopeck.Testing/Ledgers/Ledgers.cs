namespace Kopeck.Testing;

/// <summary>The command line on a ledger.</summary>
public static class Ledgers
{
    /// <summary>
    /// Runs a command to its end. How to reach the ledger is in its environment, where no list of processes shows a password.
    /// </summary>
    public static ShellResult Kopeck(ILedgerPlace place, params string[] arguments) =>
        Shell.Try(Shell.Kopeck, null, arguments, Variables(place));

    /// <summary>Checks everything that can be derived.</summary>
    public static void Verify(ILedgerPlace place)
    {
        var result = Kopeck(place, "verify");
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
    }

    internal static Dictionary<string, string> Variables(ILedgerPlace place) =>
        new() { ["KOPECK_DATABASE"] = place.Setting, ["KOPECK_KEYS"] = place.Keys, ["KOPECK_SERVER_NAMES"] = place.ServerNames };
}
