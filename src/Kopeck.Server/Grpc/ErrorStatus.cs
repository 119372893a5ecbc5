using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;
using Kopeck.Ledger.Errors;
using NameCandidate = Kopeck.V1.NameCandidate;
using NameCandidates = Kopeck.V1.NameCandidates;
using RpcStatus = Google.Rpc.Status;
using Status = Grpc.Core.Status;

namespace Kopeck.Server.Grpc;

/// <summary>Rejections as gRPC statuses with google.rpc's details.</summary>
public static class ErrorStatus
{
    /// <summary>The domain of the error codes.</summary>
    public const string Domain = "kopeck";

    /// <summary>The trailer of the details.</summary>
    public const string DetailsTrailer = "grpc-status-details-bin";

    // Trailers travel as headers, which clients limit to some tens of kilobytes.
    const int MaxViolations = Problems.Most;
    const int MaxDetailLength = 300;
    const int MaxCandidateBytes = 6_000;

    /// <summary>The gRPC status of a code.</summary>
    public static StatusCode GrpcStatus(this ErrorCode code) => code switch
    {
        ErrorCode.MalformedRequest or ErrorCode.InvalidQuery or ErrorCode.KeyRequired or ErrorCode.InvalidKey or ErrorCode.InvalidFields
            or ErrorCode.NotAcceptable =>
            StatusCode.InvalidArgument,
        ErrorCode.Unauthorized => StatusCode.Unauthenticated,
        ErrorCode.Forbidden => StatusCode.PermissionDenied,
        ErrorCode.NotFound => StatusCode.NotFound,
        ErrorCode.RouteNotFound or ErrorCode.MethodNotAllowed or ErrorCode.UnsupportedMediaType => StatusCode.Unimplemented,
        ErrorCode.AlreadyExists => StatusCode.AlreadyExists,
        ErrorCode.TooLarge or ErrorCode.RateLimited => StatusCode.ResourceExhausted,
        ErrorCode.Overloaded or ErrorCode.StorageUnavailable or ErrorCode.ClockSkew or ErrorCode.IssuerUnavailable =>
            StatusCode.Unavailable,
        ErrorCode.Internal => StatusCode.Internal,
        _ => StatusCode.FailedPrecondition,
    };

    /// <summary>A rejection as an exception that ends a call.</summary>
    /// <param name="request">What was asked, so that violations name its fields.</param>
    public static RpcException ToException(Rejection rejection, MessageDescriptor? request)
    {
        var status = ToStatus(rejection, request);
        return new RpcException(
            new Status((StatusCode)status.Code, status.Message), new Metadata { { DetailsTrailer, status.ToByteArray() } });
    }

    /// <summary>A rejection as google.rpc's status.</summary>
    public static RpcStatus ToStatus(Rejection rejection, MessageDescriptor? request)
    {
        var info = new ErrorInfo { Domain = Domain, Reason = rejection.Code.Name() };
        var status = new RpcStatus { Code = (int)rejection.Code.GrpcStatus(), Message = Cut(rejection.Detail) };
        var (fields, more) = (rejection.Fields, rejection.MoreFields);
        if (rejection.Item is { } item)
        {
            info.Metadata.Add("item", item.ToString(CultureInfo.InvariantCulture));
            info.Metadata.Add("cause", rejection.ItemRejection!.Code.Name());
            (fields, more) = (rejection.ItemRejection.Fields, rejection.ItemRejection.MoreFields);
        }

        if (more > 0 || fields.Length > MaxViolations)
            info.Metadata.Add(
                "more_violations", (more + Math.Max(0, fields.Length - MaxViolations)).ToString(CultureInfo.InvariantCulture));
        status.Details.Add(Any.Pack(info));
        if (!fields.IsEmpty)
        {
            var bad = new BadRequest();
            foreach (var field in fields.Take(MaxViolations))
                bad.FieldViolations.Add(
                    new BadRequest.Types.FieldViolation
                    {
                        Field = FieldPaths.Of(request, field.Pointer),
                        Reason = field.Code,
                        Description = Cut(field.Detail)
                    });
            status.Details.Add(Any.Pack(bad));
        }

        if (!rejection.Candidates.IsEmpty)
            status.Details.Add(Any.Pack(ToCandidates(rejection)));
        if (rejection.Code.RetryAfter() is { } seconds)
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds)) }));
        return status;
    }

    // As many as there is room for.
    static NameCandidates ToCandidates(Rejection rejection)
    {
        var candidates = new NameCandidates();
        foreach (var known in rejection.Candidates)
        {
            var candidate = new NameCandidate { Id = known.Id.ToString(CultureInfo.InvariantCulture), Country = known.Country };
            if (known.Name is { } name)
                candidate.Name = Cut(name);
            if (known.Code is { } code)
                candidate.Code = code;
            if (known.City is { } city)
                candidate.City = Cut(city);
            if (candidates.CalculateSize() + candidate.CalculateSize() > MaxCandidateBytes)
                break;
            candidates.Candidates.Add(candidate);
        }

        return candidates;
    }

    static string Cut(string text) => text.Length <= MaxDetailLength ? text : text[..MaxDetailLength] + "...";
}
