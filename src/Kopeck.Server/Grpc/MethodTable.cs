using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Kopeck.Api.Answers;
using Kopeck.Server.Grpc.Messages;
using Kopeck.Server.Grpc.Reading;

namespace Kopeck.Server.Grpc;

/// <summary>
/// Registers the methods of the interface: each is a call of the table, or one of the two that HTTP has not or has otherwise. Requests come
/// as bytes, which the calls' inputs read.
/// </summary>
sealed class MethodTable<TService>(GrpcCalls calls, GrpcFiles files, GrpcStreams streams) : IServiceMethodProvider<TService>
    where TService : class
{
    static readonly Marshaller<byte[]> Bytes = new(
        (_, _) => throw new NotSupportedException("Requests are read only"), context => context.PayloadAsNewBuffer());

    static readonly Marshaller<IMessage> Messages = new(Write, _ => throw new NotSupportedException("Responses are written only"));

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TService> context)
    {
        foreach (var method in GrpcMethod.Files.SelectMany(file => file.Services).SelectMany(service => service.Methods))
        {
            if (MessageLimits.IsLarge(method) == (typeof(TService) == typeof(LargeMethods)))
                Add(context, method);
        }
    }

    void Add(ServiceMethodProviderContext<TService> context, MethodDescriptor method)
    {
        if (method.IsClientStreaming)
        {
            context.AddDuplexStreamingMethod(
                Of(method, MethodType.DuplexStreaming),
                [],
                (_, requests, responses, call) => streams.SubmitAsync(requests, responses, call));
            return;
        }

        var known = GrpcMethod.All[GrpcMethod.PathOf(method)];
        if (Responses.OfOne(method.Name) is { } one)
            context.AddUnaryMethod(Of(method, MethodType.Unary), [], (_, request, call) => calls.RunAsync(known, request, call, one));
        else if (Responses.OfPages(method.Name) is { } pages)
            context.AddServerStreamingMethod(
                Of(method, MethodType.ServerStreaming),
                [],
                (_, request, responses, call) => calls.ListAsync(known, request, call, responses, pages));
        else if (Responses.OfFile(method.Name) is { } file)
            context.AddServerStreamingMethod(
                Of(method, MethodType.ServerStreaming),
                [],
                (_, request, responses, call) => files.SendAsync(known, request, call, responses, file));
        else if (known.Call.MediaType == JournalAnswer.EventStream)
            context.AddServerStreamingMethod(
                Of(method, MethodType.ServerStreaming),
                [],
                (_, request, responses, call) => streams.WatchAsync(known, request, responses, call));
        else
            throw new InvalidOperationException($"{method.FullName} has no response: add it to {nameof(Responses)}");
    }

    static Method<byte[], IMessage> Of(MethodDescriptor method, MethodType type) =>
        new(type, method.Service.FullName, method.Name, Bytes, Messages);

    static void Write(IMessage message, SerializationContext context)
    {
        context.SetPayloadLength(message.CalculateSize());
        message.WriteTo(context.GetBufferWriter());
        context.Complete();
    }
}
