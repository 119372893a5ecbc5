namespace Kopeck.Ledger.Commands;

/// <summary>The scopes' names: <c>read</c>, <c>transfer</c>, <c>cash</c>, <c>quotes</c>, <c>admin</c>.</summary>
public static class ScopeNames
{
    static readonly (string Name, Scopes Scope)[] Names =
        [("read", Scopes.Read), ("transfer", Scopes.Transfer), ("cash", Scopes.Cash), ("quotes", Scopes.Quotes), ("admin", Scopes.Admin)];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.Select(pair => pair.Name)];

    /// <summary>The names of what a set holds; <c>admin</c> alone for everything.</summary>
    public static IReadOnlyList<string> List(Scopes scopes) =>
        scopes == Scopes.Admin
            ? ["admin"]
            : [.. Names.Where(pair => pair.Scope != Scopes.Admin && scopes.HasFlag(pair.Scope)).Select(pair => pair.Name)];

    /// <summary>The names separated by a comma.</summary>
    public static string Write(Scopes scopes) => string.Join(',', List(scopes));

    /// <summary>Reads a name. Throws <see cref="FormatException"/>.</summary>
    public static Scopes Parse(string name) =>
        TryParse(name, out var scope) ? scope : throw new FormatException($"There is no scope {name}");

    /// <summary>Reads names separated by a comma. The empty text is no scope.</summary>
    public static bool TryParse(string text, out Scopes scopes)
    {
        scopes = Scopes.None;
        foreach (var name in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var place = Array.FindIndex(Names, pair => pair.Name == name);
            if (place < 0)
                return false;
            scopes |= Names[place].Scope;
        }

        return true;
    }
}
