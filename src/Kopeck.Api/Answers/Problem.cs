using System.Text.Json;
using Kopeck.Ledger.Errors;

namespace Kopeck.Api.Answers;

/// <summary>Rejections as RFC 9457 problem details.</summary>
public static class Problem
{
    /// <summary>The media type of problem details.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>The HTTP status of a code.</summary>
    public static int Status(this ErrorCode code) => code switch
    {
        ErrorCode.MalformedRequest or ErrorCode.InvalidQuery or ErrorCode.KeyRequired or ErrorCode.InvalidKey => 400,
        ErrorCode.Unauthorized => 401,
        ErrorCode.Forbidden => 403,
        ErrorCode.NotFound or ErrorCode.RouteNotFound => 404,
        ErrorCode.MethodNotAllowed => 405,
        ErrorCode.NotAcceptable => 406,
        ErrorCode.AlreadyExists or ErrorCode.AmbiguousName => 409,
        ErrorCode.TooLarge => 413,
        ErrorCode.UnsupportedMediaType => 415,
        ErrorCode.RateLimited => 429,
        ErrorCode.Internal => 500,
        ErrorCode.Overloaded or ErrorCode.StorageUnavailable or ErrorCode.ClockSkew or ErrorCode.IssuerUnavailable => 503,
        _ => 422,
    };

    /// <summary>Seconds after which a retry makes sense; null where it does not.</summary>
    public static int? RetryAfter(this ErrorCode code) => code switch
    {
        ErrorCode.Overloaded or ErrorCode.RateLimited => 1,
        ErrorCode.StorageUnavailable or ErrorCode.ClockSkew or ErrorCode.IssuerUnavailable => 5,
        _ => null,
    };

    /// <summary>Writes problem details as a JSON object.</summary>
    /// <param name="requestId">The id of the request that is refused; null inside of another answer.</param>
    public static void Write(Utf8JsonWriter json, Rejection rejection, string? requestId = null)
    {
        json.WriteStartObject();
        WriteMembers(json, rejection);
        if (requestId is not null)
            json.WriteString("requestId", requestId);
        json.WriteEndObject();
    }

    static void WriteMembers(Utf8JsonWriter json, Rejection rejection)
    {
        json.WriteString("type", "urn:kopeck:error:" + rejection.Code.Name());
        json.WriteString("title", Title(rejection.Code));
        json.WriteNumber("status", rejection.Code.Status());
        json.WriteString("code", rejection.Code.Name());
        json.WriteString("detail", rejection.Detail);
        if (rejection.Item is { } item)
        {
            json.WriteNumber("item", item);
            json.WriteStartObject("cause");
            WriteMembers(json, rejection.ItemRejection!);
            json.WriteEndObject();
        }

        if (!rejection.Candidates.IsEmpty)
            WriteCandidates(json, rejection);
        if (rejection.MoreFields > 0)
            json.WriteNumber("moreErrors", rejection.MoreFields);
        if (rejection.Fields.IsEmpty)
            return;
        json.WriteStartArray("errors");
        foreach (var field in rejection.Fields)
        {
            json.WriteStartObject();
            json.WriteString(rejection.Code == ErrorCode.InvalidQuery || field.IsParameter ? "parameter" : "pointer", field.Pointer);
            json.WriteString("code", field.Code);
            json.WriteString("detail", field.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteCandidates(Utf8JsonWriter json, Rejection rejection)
    {
        json.WriteStartArray("candidates");
        foreach (var candidate in rejection.Candidates)
        {
            json.WriteStartObject();
            json.WriteId("id", candidate.Id);
            json.WriteString("name", candidate.Name);
            json.WriteString("code", candidate.Code);
            json.WriteString("country", candidate.Country);
            json.WriteString("city", candidate.City);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What a code says in a few words.</summary>
    public static string Title(ErrorCode code) => code switch
    {
        ErrorCode.MalformedRequest => "The request is malformed",
        ErrorCode.InvalidQuery => "Some query parameters are not valid",
        ErrorCode.KeyRequired => "An idempotency key is required",
        ErrorCode.InvalidKey => "The idempotency key is not valid",
        ErrorCode.Unauthorized => "An API key is required",
        ErrorCode.Forbidden => "The API key does not allow this",
        ErrorCode.NotFound => "There is no such thing",
        ErrorCode.RouteNotFound => "There is no such call",
        ErrorCode.MethodNotAllowed => "The method is not allowed here",
        ErrorCode.NotAcceptable => "The accepted media types cannot be given",
        ErrorCode.UnsupportedMediaType => "The media type is not supported",
        ErrorCode.AlreadyExists => "The code or name is taken",
        ErrorCode.AmbiguousName => "Several customers have this name",
        ErrorCode.TooLarge => "The body is too large",
        ErrorCode.InvalidFields => "Some fields are not valid",
        ErrorCode.KeyReused => "The idempotency key belongs to another request",
        ErrorCode.AccountNotFound => "There is no such account",
        ErrorCode.SameAccount => "Both accounts are the same",
        ErrorCode.SystemAccount => "The account is the ledger's own",
        ErrorCode.CurrencyMismatch => "The currency does not fit the accounts",
        ErrorCode.HoldClosed => "Nothing of the hold remains",
        ErrorCode.HoldExpired => "The hold has expired",
        ErrorCode.CaptureExceedsHold => "The capture would take more than the hold allows",
        ErrorCode.ReleaseExceedsHold => "Less remains of the hold",
        ErrorCode.HoldReceiverMismatch => "The hold was placed for another receiver",
        ErrorCode.TooManyCaptures => "The hold was captured too often",
        ErrorCode.NotReversible => "The operation moved no money",
        ErrorCode.AlreadyReversed => "The operation was reversed",
        ErrorCode.ReversalExceeds => "Less remains of the operation",
        ErrorCode.AccountFrozen => "The account is frozen",
        ErrorCode.AccountClosed => "The account is closed",
        ErrorCode.AccountNotEmpty => "The account is not empty",
        ErrorCode.QuoteMissing => "There is no quote",
        ErrorCode.QuoteStale => "The newest quote is too old",
        ErrorCode.AmountTooSmall => "The amount is too small to convert",
        ErrorCode.InsufficientFunds => "The funds are not sufficient",
        ErrorCode.Overflow => "The amount or a balance would be too large",
        ErrorCode.BatchAborted => "An item failed, so nothing of the batch was done",
        ErrorCode.RateLimited => "Too many requests",
        ErrorCode.Overloaded => "Too much is waiting",
        ErrorCode.StorageUnavailable => "The store is unavailable",
        ErrorCode.ClockSkew => "The clock is behind",
        ErrorCode.IssuerUnavailable => "The token's issuer is unavailable",
        _ => "Something went wrong here",
    };
}
