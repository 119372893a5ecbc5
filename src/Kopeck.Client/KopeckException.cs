using System.Globalization;
using Google.Rpc;
using Grpc.Core;
using Kopeck.V1;

namespace Kopeck.Client;

/// <summary>The ledger refused a request, or could not be reached.</summary>
public sealed class KopeckException : Exception
{
    /// <summary>The code where no ledger answered: the connection failed, or the deadline passed.</summary>
    public const string Unreachable = "unreachable";

    KopeckException(string code, string message, RpcException? cause)
        : base(message, cause) => Code = code;

    /// <summary>The ledger's stable error code, such as <c>insufficient_funds</c>; <see cref="Unreachable"/> where none answered.</summary>
    public string Code { get; }

    /// <summary>gRPC's status.</summary>
    public StatusCode Status { get; private init; }

    /// <summary>The members that were wrong.</summary>
    public IReadOnlyList<FieldViolation> Fields { get; private init; } = [];

    /// <summary>For an atomic batch that was refused: the place of the first item that failed, from 0.</summary>
    public int? Item { get; private init; }

    /// <summary>For an atomic batch that was refused: why that item failed.</summary>
    public string? ItemCode { get; private init; }

    /// <summary>For <c>ambiguous_name</c>: who is called so.</summary>
    public IReadOnlyList<NameCandidate> Candidates { get; private init; } = [];

    /// <summary>When the server asks to come back, if it does.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Whether nobody answered, so that the request may have been carried out: the same request with the same key tells.</summary>
    public bool IsOutcomeUnknown { get; private init; }

    /// <summary>The key that the request went out with, for sending it again; null where it had none.</summary>
    public string? IdempotencyKey { get; private init; }

    /// <summary>An outcome's error, as in a batch.</summary>
    public static KopeckException From(Google.Rpc.Status status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return From(status, (StatusCode)status.Code, status.Message, null, null);
    }

    /// <summary>What a stream of a stub ended with.</summary>
    public static KopeckException From(RpcException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return From(exception, null);
    }

    internal static KopeckException From(RpcException exception, string? key) =>
        From(exception.GetRpcStatus(), exception.StatusCode, exception.Status.Detail, exception, key);

    static KopeckException From(Google.Rpc.Status? status, StatusCode code, string message, RpcException? cause, string? key)
    {
        var info = status?.GetDetail<ErrorInfo>();
        return new KopeckException(info?.Reason ?? Unreachable, message, cause)
        {
            Status = code,
            Fields =
            [
                .. (status?.GetDetail<BadRequest>()?.FieldViolations ?? [])
                    .Select(field => new FieldViolation(field.Field, field.Reason, field.Description))
            ],
            Item = info?.Metadata.TryGetValue("item", out var item) == true ? int.Parse(item, CultureInfo.InvariantCulture) : null,
            ItemCode = info?.Metadata.GetValueOrDefault("cause"),
            Candidates = [.. status?.GetDetail<NameCandidates>()?.Candidates ?? []],
            RetryAfter = status?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan(),
            IsOutcomeUnknown = info is null || info.Reason == "storage_unavailable",
            IdempotencyKey = key,
        };
    }
}
