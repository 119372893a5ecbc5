using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Reflection;
using Kopeck.Api;
using Kopeck.Server.Grpc.Reading;

namespace Kopeck.Server.Grpc;

/// <summary>How large the messages of each service may be: as large as its largest call takes, and small where no key is needed.</summary>
static class MessageLimits
{
    /// <summary>For those who need no key: a name of a service, of a file or of a symbol.</summary>
    public const int Public = 64 << 10;

    // A message around a body of the largest size has some fields more.
    const int Around = 64 << 10;

    // As reachable without a key as the health pages and the OpenAPI document are.
    static readonly string[] HealthServices = ["grpc.health.v1.Health"];
    static readonly string[] ReflectionServices = ["grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"];

    /// <summary>Sets them.</summary>
    public static void Set(IGrpcServerBuilder grpc)
    {
        grpc.AddServiceOptions<LargeMethods>(service => service.MaxReceiveMessageSize = Call.LargeBodyLimit + Around);
        grpc.AddServiceOptions<HealthService>(service => service.MaxReceiveMessageSize = Public);
        grpc.AddServiceOptions<ReflectionServiceImpl>(service => service.MaxReceiveMessageSize = Public);
        grpc.AddServiceOptions<ReflectionV1ServiceImpl>(service => service.MaxReceiveMessageSize = Public);
    }

    /// <summary>Of a service without a limit of its own.</summary>
    public static int Ordinary => Call.OrdinaryBodyLimit + Around;

    /// <summary>Whether a method's messages may be large.</summary>
    public static bool IsLarge(MethodDescriptor method) => LimitOf(GrpcMethod.PathOf(method)) == Call.LargeBodyLimit;

    /// <summary>Whether a path is of the health service.</summary>
    public static bool IsHealth(string path) => IsOf(HealthServices, path);

    /// <summary>Whether a path is of a reflection service.</summary>
    public static bool IsReflection(string path) => IsOf(ReflectionServices, path);

    /// <summary>The limit that callers are told.</summary>
    public static int Of(string path) =>
        IsHealth(path) || IsReflection(path) ? Public : LimitOf(path);

    // A bulk submission is no call of HTTP, and as large as a batch.
    static int LimitOf(string path) => GrpcMethod.All.TryGetValue(path, out var method) ? method.Call.BodyLimit : Call.LargeBodyLimit;

    static bool IsOf(string[] services, string path) =>
        services.Any(service => path.Length > service.Length + 1 && path[service.Length + 1] == '/' && path.AsSpan(1).StartsWith(
            service, StringComparison.Ordinal));
}
