using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Kopeck.Server.Grpc.Reading;

namespace Kopeck.Grpc.Tests;

/// <summary>What a call ended with.</summary>
/// <param name="Code">The reason of its ErrorInfo; empty when it was done, null when there is none.</param>
/// <param name="Fields">The reasons of its field violations, by name.</param>
sealed record Ended(StatusCode Status, string? Code, string Fields, IReadOnlyList<string> Paths, string Detail)
{
    public static Ended Of(RpcException exception)
    {
        var status = exception.GetRpcStatus();
        var violations = status?.GetDetail<BadRequest>()?.FieldViolations.ToList() ?? [];
        return new Ended(
            exception.StatusCode,
            status?.GetDetail<ErrorInfo>()?.Reason,
            string.Join(' ', violations.Select(violation => violation.Reason).Order(StringComparer.Ordinal)),
            [.. violations.Select(violation => violation.Field)],
            exception.Status.Detail);
    }

    public static Ended Done { get; } = new(StatusCode.OK, "", "", [], "");
}

/// <summary>Calls any method with any bytes as its message.</summary>
sealed class RawClient(Uri address) : IDisposable
{
    static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    readonly GrpcChannel channel =
        GrpcChannel.ForAddress(address, new GrpcChannelOptions { MaxSendMessageSize = null, MaxReceiveMessageSize = null });

    public GrpcChannel Channel => channel;

    public static Metadata KeyHeader(string key) => new() { { "authorization", "Bearer " + key } };

    public Task<Ended> SendAsync(GrpcMethod method, byte[] message, string? key) =>
        SendAsync(
            method.Descriptor.Service.FullName, method.Descriptor.Name, method.Descriptor.IsServerStreaming, message,
            key is null ? [] : KeyHeader(key));

    public async Task<Ended> SendAsync(
        string service, string name, bool isStream, byte[] message, Metadata headers, Action<CallOptions>? change = null)
    {
        var options = new CallOptions(headers);
        change?.Invoke(options);
        try
        {
            if (isStream)
            {
                using var call = channel.CreateCallInvoker()
                    .AsyncServerStreamingCall(
                        new Method<byte[], byte[]>(MethodType.ServerStreaming, service, name, Bytes, Bytes), null, options, message);
                // A feed has no end: its first message shows that it runs.
                while (await call.ResponseStream.MoveNext(CancellationToken.None) && name != "Watch")
                    continue;
            }
            else
            {
                await channel.CreateCallInvoker()
                    .AsyncUnaryCall(new Method<byte[], byte[]>(MethodType.Unary, service, name, Bytes, Bytes), null, options, message);
            }

            return Ended.Done;
        }
        catch (RpcException exception)
        {
            return Ended.Of(exception);
        }
    }

    public void Dispose() => channel.Dispose();
}
