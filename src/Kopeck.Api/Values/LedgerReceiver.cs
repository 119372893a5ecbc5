namespace Kopeck.Api.Values;

/// <summary>Who is paid: an account by its id, or <see cref="Cash"/>, the outside world. The default is nobody.</summary>
public readonly record struct LedgerReceiver
{
    const string CashWord = "cash";

    LedgerReceiver(LedgerId account, bool isCash) => (Account, IsCash) = (account, isCash);

    /// <summary>The outside world.</summary>
    public static LedgerReceiver Cash { get; } = new(default, true);

    /// <summary>The account; none for the outside world.</summary>
    public LedgerId Account { get; }

    /// <summary>Whether it is the outside world.</summary>
    public bool IsCash { get; }

    /// <summary>Whether one was given.</summary>
    public bool IsGiven => IsCash || Account.IsGiven;

    /// <summary>The account's id; null for the outside world and for nobody.</summary>
    internal long? OrNull => Account.IsGiven ? Account.Number : null;

    /// <summary>Whether it is a receiver as the ledger writes it.</summary>
    internal bool IsWellFormed => IsCash || Account.IsWellFormed;

    /// <summary>The receiver as it was given.</summary>
    public override string ToString() => IsCash ? CashWord : Account.ToString();

    /// <summary>An account.</summary>
    public static LedgerReceiver Of(LedgerId account) => new(account, false);

    /// <summary>A receiver's text: an id, or <c>cash</c>.</summary>
    public static LedgerReceiver Of(string text) => text == CashWord ? Cash : Of(LedgerId.Of(text));

    /// <summary>A receiver's text in UTF-8.</summary>
    public static LedgerReceiver Of(ReadOnlySpan<byte> utf8) => utf8.SequenceEqual("cash"u8) ? Cash : Of(LedgerId.Of(utf8));

    /// <summary>An account.</summary>
    public static implicit operator LedgerReceiver(LedgerId account) => Of(account);

    /// <summary>An account's id.</summary>
    public static implicit operator LedgerReceiver(long account) => Of(LedgerId.Of(account));

    /// <summary>An account's id, or nobody.</summary>
    public static implicit operator LedgerReceiver(long? account) => account is { } given ? given : default(LedgerReceiver);

    /// <summary>A receiver's text.</summary>
    public static implicit operator LedgerReceiver(string? text) => text is null ? default : Of(text);
}
