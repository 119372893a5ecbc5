namespace Kopeck.Ledger.Errors;

/// <summary>Every error that a caller can get; the names on the wire are in snake case and stable.</summary>
public enum ErrorCode
{
    /// <summary>Not JSON, not UTF-8, not an object, or a member twice.</summary>
    MalformedRequest,

    /// <summary>A query parameter is unknown or has a bad value.</summary>
    InvalidQuery,

    /// <summary>The call needs an idempotency key.</summary>
    KeyRequired,

    /// <summary>The idempotency key is not 1 to 255 visible ASCII characters.</summary>
    InvalidKey,

    /// <summary>No API key, or not a valid one.</summary>
    Unauthorized,

    /// <summary>The API key's scopes do not allow the call.</summary>
    Forbidden,

    /// <summary>There is no such thing in this book.</summary>
    NotFound,

    /// <summary>There is no such call.</summary>
    RouteNotFound,

    /// <summary>The path has no such method.</summary>
    MethodNotAllowed,

    /// <summary>None of the accepted media types can be given.</summary>
    NotAcceptable,

    /// <summary>The body's media type is not one that the call reads.</summary>
    UnsupportedMediaType,

    /// <summary>A code or a name is taken.</summary>
    AlreadyExists,

    /// <summary>Several customers have the name.</summary>
    AmbiguousName,

    /// <summary>The body is larger than the call's limit.</summary>
    TooLarge,

    /// <summary>A member has the wrong type, is unknown, or has a bad value.</summary>
    InvalidFields,

    /// <summary>The idempotency key belongs to another request.</summary>
    KeyReused,

    /// <summary>There is no such account in this book, or it is not of the kind that the call takes.</summary>
    AccountNotFound,

    /// <summary>Both accounts are the same.</summary>
    SameAccount,

    /// <summary>The account is the ledger's own.</summary>
    SystemAccount,

    /// <summary>The currency is not one of the accounts' currencies.</summary>
    CurrencyMismatch,

    /// <summary>Nothing of the hold remains: it was captured or released.</summary>
    HoldClosed,

    /// <summary>The hold's time came before.</summary>
    HoldExpired,

    /// <summary>The capture would take more than the hold allows.</summary>
    CaptureExceedsHold,

    /// <summary>More was to be released than remains of the hold.</summary>
    ReleaseExceedsHold,

    /// <summary>The hold was placed for another receiver.</summary>
    HoldReceiverMismatch,

    /// <summary>The hold was captured as often as a hold can be.</summary>
    TooManyCaptures,

    /// <summary>The operation moved no money.</summary>
    NotReversible,

    /// <summary>Nothing of the operation remains that could be reversed.</summary>
    AlreadyReversed,

    /// <summary>More was to be reversed than remains of the operation.</summary>
    ReversalExceeds,

    /// <summary>The account is frozen.</summary>
    AccountFrozen,

    /// <summary>The account is closed.</summary>
    AccountClosed,

    /// <summary>The account has a balance or holds.</summary>
    AccountNotEmpty,

    /// <summary>No quote was ever loaded for the currency.</summary>
    QuoteMissing,

    /// <summary>The newest quote is older than the book allows.</summary>
    QuoteStale,

    /// <summary>The other side of the conversion rounds to zero.</summary>
    AmountTooSmall,

    /// <summary>The account would go below its floor.</summary>
    InsufficientFunds,

    /// <summary>A balance would leave 64 bits, or a derived amount the limit of one operation.</summary>
    Overflow,

    /// <summary>An item of an atomic batch failed, so none was done.</summary>
    BatchAborted,

    /// <summary>Too many requests.</summary>
    RateLimited,

    /// <summary>The queue is full.</summary>
    Overloaded,

    /// <summary>The store cannot be reached, is full or read-only, or the book was stopped.</summary>
    StorageUnavailable,

    /// <summary>This node's clock is behind the book's.</summary>
    ClockSkew,

    /// <summary>The keys of the token's issuer cannot be read.</summary>
    IssuerUnavailable,

    /// <summary>A bug.</summary>
    Internal,
}
