namespace Kopeck.Ledger.Errors;

/// <summary>The codes' names on the wire.</summary>
public static class ErrorCodes
{
    static readonly string[] Names = [.. Enum.GetValues<ErrorCode>().Select(code => ToSnakeCase(code.ToString()))];

    /// <summary>The name on the wire, such as <c>insufficient_funds</c>.</summary>
    public static string Name(this ErrorCode code) => Names[(int)code];

    /// <summary>The code of a name; null where there is none.</summary>
    public static ErrorCode? Find(string name) => Array.IndexOf(Names, name) is var index and >= 0 ? (ErrorCode)index : null;

    static string ToSnakeCase(string name) =>
        string.Concat(
            name.Select(
                (letter, index) =>
                    char.IsUpper(letter) && index > 0 ? "_" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
}
