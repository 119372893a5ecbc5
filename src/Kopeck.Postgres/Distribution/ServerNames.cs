namespace Kopeck.Postgres.Distribution;

/// <summary>
/// By what other names servers are reached from here than the ones by which they know each other, for example through a network's
/// translation of addresses.
/// </summary>
public sealed class ServerNames
{
    readonly Dictionary<ServerAddress, ServerAddress> names = [];

    ServerNames()
    {
    }

    /// <summary>Every server is reached by the name that the others know it by.</summary>
    public static ServerNames None { get; } = new();

    /// <summary>
    /// Reads pairs <c>THEIRS=OURS</c>, separated by commas, each side <c>HOST:PORT</c>; nothing for <see cref="None"/>.
    /// </summary>
    public static bool TryParse(string text, out ServerNames names)
    {
        names = new ServerNames();
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', 2, StringSplitOptions.TrimEntries) is not [var theirs, var ours]
                || !ServerAddress.TryParse(theirs, out var from)
                || !ServerAddress.TryParse(ours, out var to)
                || !names.names.TryAdd(from, to))
                return false;
        }

        return true;
    }

    internal ServerAddress From(ServerAddress theirs) => names.GetValueOrDefault(theirs, theirs);
}
