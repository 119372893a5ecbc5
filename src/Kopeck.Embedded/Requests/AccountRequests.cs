namespace Kopeck.Embedded;

/// <summary>A wallet to open.</summary>
/// <param name="Currency">What it holds, ISO 4217.</param>
/// <param name="Code">Your own name of it, unique in the book.</param>
public sealed record WalletRequest(string? Currency, string? Code = null) : CallOptions;

/// <summary>An account of the house to open.</summary>
/// <param name="Code">Its name, unique in the book.</param>
/// <param name="Currency">What it holds, ISO 4217.</param>
public sealed record AccountRequest(string? Code, string? Currency) : CallOptions
{
    /// <summary>The lowest balance: negative grants an overdraft, positive keeps a minimum, null is none.</summary>
    public string? Floor { get; init; } = "0";
}

/// <summary>What is frozen.</summary>
public enum FreezeScope
{
    /// <summary>Money still comes in.</summary>
    Debits,

    /// <summary>Nothing moves.</summary>
    All,
}
