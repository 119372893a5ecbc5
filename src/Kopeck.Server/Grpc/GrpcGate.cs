using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using Kopeck.Api;
using Kopeck.Engine.Keys;
using Kopeck.Ledger.Errors;
using Kopeck.Server.Grpc.Reading;
using Kopeck.Server.Hosting;

namespace Kopeck.Server.Grpc;

/// <summary>Stands before all methods: lets nobody pass without a key, and gives the framework's own refusals their details.</summary>
sealed class GrpcGate(ApiKeys keys, RateLimits? limits, Failures failures)
{
    const string StatusHeader = "grpc-status";
    const string MessageHeader = "grpc-message";

    static readonly Rejection Unknown = new(ErrorCode.RouteNotFound, "There is no such method: see the service's reflection");

    public async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path.Value ?? "";
        if (MessageLimits.IsReflection(path))
        {
            // Health has no limit, as over HTTP: who watches over the server must not be told that it is ill.
            if (limits?.CountStranger(http.Connection.RemoteIpAddress) is { } tooMany)
            {
                End(http, tooMany);
                return;
            }
        }
        else if (!MessageLimits.IsHealth(path))
        {
            try
            {
                var (caller, refusal) = await CallerKey.AdmitAsync(
                    keys, limits, http.Request.Headers.Authorization, http.Connection.RemoteIpAddress, http.RequestAborted);
                // Routing passes over the case of letters, which names have: only what is exactly a method goes on.
                if (refusal is null && !GrpcMethod.Paths.Contains(path))
                    refusal = Unknown;
                // Before the message is read: a key that may not make the call is told so, however large or broken it is.
                if (refusal is null && GrpcMethod.All.TryGetValue(path, out var method))
                    refusal = Refusals.Forbid(method.Call, caller!.Identity);
                if (refusal is not null)
                {
                    End(http, refusal);
                    return;
                }

                http.Features.Set(caller);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                End(http, failures.Explain(exception, "gRPC", path));
                return;
            }
        }

        await next(http);
        Complete(http);
    }

    /// <summary>
    /// The framework refuses what it cannot read by itself: such a call has a status, but neither a code of ours nor details.
    /// </summary>
    static void Complete(HttpContext http)
    {
        var headers =
            http.Response.HasStarted
                ? http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseTrailersFeature>()?.Trailers
                : http.Response.Headers;
        if (headers is null || !headers.TryGetValue(StatusHeader, out var value) || headers.ContainsKey(ErrorStatus.DetailsTrailer))
            return;
        var isMethod = http.Request.Path.Value is { } path && GrpcMethod.Paths.Contains(path);
        var rejection = (StatusCode)int.Parse(value.ToString(), CultureInfo.InvariantCulture) switch
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
        if (rejection is not null)
            Write(headers, rejection);
    }

    static void End(HttpContext http, Rejection rejection)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = "application/grpc";
        Write(http.Response.Headers, rejection);
    }

    static void Write(IHeaderDictionary headers, Rejection rejection)
    {
        var status = ErrorStatus.ToStatus(rejection, null);
        headers[StatusHeader] = status.Code.ToString(CultureInfo.InvariantCulture);
        headers[MessageHeader] = Uri.EscapeDataString(status.Message).Replace("%20", " ", StringComparison.Ordinal);
        headers[ErrorStatus.DetailsTrailer] = Convert.ToBase64String(status.ToByteArray());
    }
}
