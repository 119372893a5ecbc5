using System.Collections.Concurrent;
using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kopeck.V1;

namespace Kopeck.Client.Calls;

/// <summary>The keys that make requests safe to send again.</summary>
static class IdempotencyKeys
{
    static readonly ConcurrentDictionary<MessageDescriptor, FieldDescriptor?> Fields = new();

    /// <summary>A key that nobody has used.</summary>
    public static string Make() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The request's key; null where it has none.</summary>
    public static string? Of(IMessage request) =>
        Field(request) is { } field && field.Accessor.GetValue(request) is string { Length: > 0 } key ? key : null;

    /// <summary>The same request with a key, where it takes one and has none. The caller's own message is not touched.</summary>
    public static TRequest WithKey<TRequest>(TRequest request)
        where TRequest : class
    {
        if (request is not IMessage message || Field(message) is not { } field || Of(message) is not null)
            return request;
        var copy = message.Descriptor.Parser.ParseFrom(message.ToByteArray());
        field.Accessor.SetValue(copy, Make());
        return (TRequest)copy;
    }

    /// <summary>
    /// Whether a request may be sent again though it may have been carried out: it reads, or its key keeps it from being done twice.
    /// </summary>
    public static bool IsRepeatable(object request) => request switch
    {
        // What they answer is a secret that is shown once.
        CreateKeyRequest or OpenBookRequest => false,
        IMessage message => Field(message) is null || Of(message) is not null,
        _ => false,
    };

    static FieldDescriptor? Field(IMessage request) =>
        Fields.GetOrAdd(request.Descriptor, static descriptor => descriptor.FindFieldByName("idempotency_key"));
}
