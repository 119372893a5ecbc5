namespace Kopeck.Client;

/// <summary>
/// The ledger's error codes, as <see cref="KopeckException.Code"/> has them: <c>catch (KopeckException e) when (e.Code ==
/// KopeckErrors.InsufficientFunds)</c>. They are stable; there may come more.
/// </summary>
public static class KopeckErrors
{
    /// <summary>Not JSON, not UTF-8, not an object, or a member twice.</summary>
    public const string MalformedRequest = "malformed_request";

    /// <summary>A query parameter is unknown or has a bad value.</summary>
    public const string InvalidQuery = "invalid_query";

    /// <summary>The call needs an idempotency key.</summary>
    public const string KeyRequired = "key_required";

    /// <summary>The idempotency key is not 1 to 255 visible ASCII characters.</summary>
    public const string InvalidKey = "invalid_key";

    /// <summary>No API key, or not a valid one.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The API key's scopes do not allow the call.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>There is no such thing in this book.</summary>
    public const string NotFound = "not_found";

    /// <summary>There is no such call.</summary>
    public const string RouteNotFound = "route_not_found";

    /// <summary>The path has no such method.</summary>
    public const string MethodNotAllowed = "method_not_allowed";

    /// <summary>None of the accepted media types can be given.</summary>
    public const string NotAcceptable = "not_acceptable";

    /// <summary>The body's media type is not one that the call reads.</summary>
    public const string UnsupportedMediaType = "unsupported_media_type";

    /// <summary>A code or a name is taken.</summary>
    public const string AlreadyExists = "already_exists";

    /// <summary>Several customers have the name.</summary>
    public const string AmbiguousName = "ambiguous_name";

    /// <summary>The body is larger than the call's limit.</summary>
    public const string TooLarge = "too_large";

    /// <summary>A member has the wrong type, is unknown, or has a bad value.</summary>
    public const string InvalidFields = "invalid_fields";

    /// <summary>The idempotency key belongs to another request.</summary>
    public const string KeyReused = "key_reused";

    /// <summary>There is no such account in this book, or it is not of the kind that the call takes.</summary>
    public const string AccountNotFound = "account_not_found";

    /// <summary>Both accounts are the same.</summary>
    public const string SameAccount = "same_account";

    /// <summary>The account is the ledger's own.</summary>
    public const string SystemAccount = "system_account";

    /// <summary>The currency is not one of the accounts' currencies.</summary>
    public const string CurrencyMismatch = "currency_mismatch";

    /// <summary>Nothing of the hold remains: it was captured or released.</summary>
    public const string HoldClosed = "hold_closed";

    /// <summary>The hold's time came before.</summary>
    public const string HoldExpired = "hold_expired";

    /// <summary>The capture would take more than the hold allows.</summary>
    public const string CaptureExceedsHold = "capture_exceeds_hold";

    /// <summary>More was to be released than remains of the hold.</summary>
    public const string ReleaseExceedsHold = "release_exceeds_hold";

    /// <summary>The hold was placed for another receiver.</summary>
    public const string HoldReceiverMismatch = "hold_receiver_mismatch";

    /// <summary>The hold was captured as often as a hold can be.</summary>
    public const string TooManyCaptures = "too_many_captures";

    /// <summary>The operation moved no money.</summary>
    public const string NotReversible = "not_reversible";

    /// <summary>Nothing of the operation remains that could be reversed.</summary>
    public const string AlreadyReversed = "already_reversed";

    /// <summary>More was to be reversed than remains of the operation.</summary>
    public const string ReversalExceeds = "reversal_exceeds";

    /// <summary>The account is frozen.</summary>
    public const string AccountFrozen = "account_frozen";

    /// <summary>The account is closed.</summary>
    public const string AccountClosed = "account_closed";

    /// <summary>The account has a balance or holds.</summary>
    public const string AccountNotEmpty = "account_not_empty";

    /// <summary>No quote was ever loaded for the currency.</summary>
    public const string QuoteMissing = "quote_missing";

    /// <summary>The newest quote is older than the book allows.</summary>
    public const string QuoteStale = "quote_stale";

    /// <summary>The other side of the conversion rounds to zero.</summary>
    public const string AmountTooSmall = "amount_too_small";

    /// <summary>The account would go below its floor.</summary>
    public const string InsufficientFunds = "insufficient_funds";

    /// <summary>A balance would leave 64 bits, or a derived amount the limit of one operation.</summary>
    public const string Overflow = "overflow";

    /// <summary>An item of an atomic batch failed, so none was done.</summary>
    public const string BatchAborted = "batch_aborted";

    /// <summary>Too many requests.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>The queue is full.</summary>
    public const string Overloaded = "overloaded";

    /// <summary>The store cannot be reached, is full or read-only, or the book was stopped.</summary>
    public const string StorageUnavailable = "storage_unavailable";

    /// <summary>This node's clock is behind the book's.</summary>
    public const string ClockSkew = "clock_skew";

    /// <summary>The keys of the token's issuer cannot be read.</summary>
    public const string IssuerUnavailable = "issuer_unavailable";

    /// <summary>A bug.</summary>
    public const string Internal = "internal";
}
