namespace Kopeck.Api.Inputs;

/// <summary>Parts of JSON pointers (RFC 6901).</summary>
public static class Pointer
{
    const int MostShown = 100;

    /// <summary>Escapes a name, cut where it is long.</summary>
    public static string Escape(string name) =>
        (name.Length > MostShown ? name[..MostShown] : name).Replace(
            "~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
