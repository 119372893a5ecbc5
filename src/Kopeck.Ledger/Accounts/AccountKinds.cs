using System.Diagnostics.CodeAnalysis;

namespace Kopeck.Ledger.Accounts;

/// <summary>The words of <see cref="AccountKind"/>: on the wire and in bodies, so they never change.</summary>
public static class AccountKinds
{
    /// <summary>The word: <c>wallet</c>, <c>internal</c>, <c>cash</c> or <c>exchange</c>.</summary>
    public static string Name(this AccountKind kind) => kind switch
    {
        AccountKind.Wallet => "wallet",
        AccountKind.Internal => "internal",
        AccountKind.Cash => "cash",
        AccountKind.Exchange => "exchange",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), (int)kind, "There is no such kind of account"),
    };

    /// <summary>Reads a word.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out AccountKind kind)
    {
        (var isKnown, kind) = name switch
        {
            "wallet" => (true, AccountKind.Wallet),
            "internal" => (true, AccountKind.Internal),
            "cash" => (true, AccountKind.Cash),
            "exchange" => (true, AccountKind.Exchange),
            _ => (false, default),
        };
        return isKnown;
    }
}
