namespace Kopeck.Ledger.Errors;

/// <summary>The codes' names on the wire.</summary>
public static class ErrorCodes
{
    static readonly string[] Names = [.. Enum.GetValues<ErrorCode>().Select(code => ToSnakeCase(code.ToString()))];

    /// <summary>The name on the wire, such as <c>insufficient_funds</c>.</summary>
    public static string Name(this ErrorCode code) => Names[(int)code];

    static string ToSnakeCase(string name) =>
        string.Concat(
            name.Select(
                (letter, index) =>
                    char.IsUpper(letter) && index > 0 ? "_" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
}
