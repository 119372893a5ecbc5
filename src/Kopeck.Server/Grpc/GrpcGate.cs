using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Kopeck.Api;
using Kopeck.Engine.Keys;
using Kopeck.Ledger.Errors;
using Kopeck.Server.Grpc.Reading;
using Kopeck.Server.Hosting;
using Microsoft.AspNetCore.Http.Features;
using RpcStatus = Google.Rpc.Status;

namespace Kopeck.Server.Grpc;

/// <summary>
/// Stands before all methods: lets nobody pass without a key or beyond his key's share, gives the framework's own refusals their details
/// and all of them the request's id, and tells how each call ended.
/// </summary>
sealed class GrpcGate(ApiKeys keys, ServerOptions options, RequestObserver observer, Failures failures)
{
    const string StatusHeader = "grpc-status";
    const string MessageHeader = "grpc-message";

    static readonly Rejection Unknown = new(ErrorCode.RouteNotFound, "There is no such method: see the service's reflection");

    // A request of a few bytes, and as many questions as reflection's clients have.
    static readonly TimeSpan HealthTime = TimeSpan.FromSeconds(10);
    static readonly TimeSpan ReflectionTime = TimeSpan.FromSeconds(30);

    readonly StrangerCalls strangers = new();
    readonly Credentials credentials = new(keys, options.Tokens);

    /// <summary>Calls without a key that run now.</summary>
    public int Strangers => strangers.Open;

    public async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path.Value ?? "";
        var trace = observer.Begin(http, "grpc");
        if (MessageLimits.IsReflection(path) || MessageLimits.IsHealth(path))
            await RunPublicAsync(http, path, trace, next);
        else
            await RunPrivateAsync(http, path, trace, next);
    }

    async Task RunPublicAsync(HttpContext http, string path, RequestTrace trace, RequestDelegate next)
    {
        // Health has no limit a second, as over HTTP: who watches over the server must not be told that it is ill.
        var isReflection = MessageLimits.IsReflection(path);
        var address = http.Connection.RemoteIpAddress;
        if (isReflection && options.Limits?.CountStranger(address) is { } tooMany)
        {
            End(http, tooMany, trace);
            return;
        }

        var network = RateLimits.Network(address);
        if (strangers.Enter(network) is { } tooManyOpen)
        {
            End(http, tooManyOpen, trace);
            return;
        }

        try
        {
            using var call = new StrangerCall(http, isReflection ? ReflectionTime : HealthTime);
            http.Features.Set(call);
            await next(http);
            Complete(http, trace);
        }
        finally
        {
            strangers.Leave(network);
        }
    }

    async Task RunPrivateAsync(HttpContext http, string path, RequestTrace trace, RequestDelegate next)
    {
        RequestHold? hold = null;
        try
        {
            var isMethod = GrpcMethod.Paths.Contains(path);
            trace.Call = isMethod ? path : null;
            var (caller, refusal) = await CallerKey.AdmitAsync(
                credentials, options.Limits, http.Request.Headers, http.Connection.RemoteIpAddress, http.RequestAborted);
            trace.Who = caller?.Identity;
            // Routing passes over the case of letters, which names have: only what is exactly a method goes on.
            if (refusal is null && !isMethod)
                refusal = Unknown;
            // Before the message is read: a key that may not make the call is told so, however large or broken it is.
            if (refusal is null && GrpcMethod.All.TryGetValue(path, out var method))
                refusal = Refusals.Forbid(method.Call, caller!.Identity);
            if (refusal is null)
            {
                hold = new RequestHold(options.Shares, caller!.Key.Digest);
                refusal = hold.Enter() ?? (StreamMethods.Has(path) ? hold.OpenStream() : null);
            }

            if (refusal is null)
            {
                http.Features.Set(caller);
                http.Features.Set(hold);
                http.Features.Set<IRequestBodyPipeFeature>(new CountedReader(http.Request.BodyReader, hold!));
                await next(http);
                Complete(http, trace);
            }
            else
            {
                End(http, refusal, trace);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !http.Response.HasStarted)
        {
            End(http, failures.Explain(exception, "gRPC", path), trace);
        }
        finally
        {
            hold?.Dispose();
            observer.End(trace, "", trace.Call ?? "", (int)StatusCode.Cancelled, http.Connection.RemoteIpAddress);
        }
    }

    /// <summary>
    /// The framework refuses what it cannot read by itself: such a call has a status, but neither a code of ours nor details.
    /// </summary>
    void Complete(HttpContext http, RequestTrace trace)
    {
        var headers = http.Response.HasStarted ? http.Features.Get<IHttpResponseTrailersFeature>()?.Trailers : http.Response.Headers;
        var status = StatusCode.Unknown;
        if (headers is not null && headers.TryGetValue(StatusHeader, out var value))
        {
            status = (StatusCode)int.Parse(value.ToString(), CultureInfo.InvariantCulture);
            if (headers.TryGetValue(ErrorStatus.DetailsTrailer, out var details))
                Amend(headers, details.ToString(), trace);
            else if (OfFramework(http, status) is { } rejection)
                Write(headers, rejection, trace);
        }

        observer.End(trace, "", trace.Call ?? "", (int)status, http.Connection.RemoteIpAddress);
    }

    static Rejection? OfFramework(HttpContext http, StatusCode status)
    {
        var isMethod = http.Request.Path.Value is { } path && GrpcMethod.Paths.Contains(path);
        return status switch
        {
            StatusCode.Unimplemented when isMethod =>
                new Rejection(ErrorCode.UnsupportedMediaType, "The messages' encoding is not known here: use identity or gzip"),
            StatusCode.Unimplemented => Unknown,
            StatusCode.ResourceExhausted =>
                new Rejection(ErrorCode.TooLarge, $"A message has at most {MessageLimits.Of(http.Request.Path.Value ?? "")} bytes"),
            StatusCode.Unknown or StatusCode.Internal when isMethod =>
                new Rejection(ErrorCode.MalformedRequest, "The message cannot be read"),
            _ => null,
        };
    }

    /// <summary>Adds the request's id to what a refusal says of itself, and reads its code.</summary>
    static void Amend(IHeaderDictionary headers, string details, RequestTrace trace)
    {
        // Base64 of gRPC may come without its padding.
        var bytes = Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '='));
        var status = RpcStatus.Parser.ParseFrom(bytes);
        trace.Code = status.Details.FirstOrDefault(detail => detail.Is(ErrorInfo.Descriptor)) is { } info
            ? ErrorCodes.Find(info.Unpack<ErrorInfo>().Reason)
            : null;
        status.Details.Add(Any.Pack(new RequestInfo { RequestId = trace.Id }));
        headers[ErrorStatus.DetailsTrailer] = Convert.ToBase64String(status.ToByteArray());
    }

    void End(HttpContext http, Rejection rejection, RequestTrace trace)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = "application/grpc";
        Write(http.Response.Headers, rejection, trace);
        observer.End(trace, "", trace.Call ?? "", (int)rejection.Code.GrpcStatus(), http.Connection.RemoteIpAddress);
    }

    static void Write(IHeaderDictionary headers, Rejection rejection, RequestTrace trace)
    {
        trace.Code = rejection.Code;
        var status = ErrorStatus.ToStatus(rejection, null);
        status.Details.Add(Any.Pack(new RequestInfo { RequestId = trace.Id }));
        headers[StatusHeader] = status.Code.ToString(CultureInfo.InvariantCulture);
        headers[MessageHeader] = Uri.EscapeDataString(status.Message).Replace("%20", " ", StringComparison.Ordinal);
        headers[ErrorStatus.DetailsTrailer] = Convert.ToBase64String(status.ToByteArray());
    }
}
