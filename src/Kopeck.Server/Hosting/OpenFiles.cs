using System.Globalization;

namespace Kopeck.Server.Hosting;

/// <summary>How many files, and so connections, the process may have open.</summary>
static class OpenFiles
{
    const string Limits = "/proc/self/limits";
    const string Name = "Max open files";
    // What the runtime, the store and files that are written take, with room.
    const int Kept = 500;
    const int MostConnections = 10_000;
    const int FewestConnections = 50;

    /// <summary>How many connections each of the two servers may take, so that a flood of them leaves the store its files.</summary>
    public static int Connections { get; } = ConnectionsOf(ReadLimit());

    /// <summary>The share of a limit that one of two servers may take.</summary>
    /// <param name="limit">Of open files; null where it is not known or endless.</param>
    internal static int ConnectionsOf(long? limit) =>
        limit is not { } files ? MostConnections : (int)Math.Clamp((files - Kept) / 2, FewestConnections, MostConnections);

    // The runtime raises the soft limit to the hard one at its start: this is what is in force.
    static long? ReadLimit()
    {
        if (!File.Exists(Limits))
            return null;
        var line = File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal));
        var words = line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [var soft, ..] && long.TryParse(
            soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }
}
