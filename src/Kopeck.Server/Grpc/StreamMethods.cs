using System.Collections.Frozen;
using Kopeck.Server.Grpc.Reading;

namespace Kopeck.Server.Grpc;

/// <summary>The methods that answer or take more than one message.</summary>
static class StreamMethods
{
    static readonly FrozenSet<string> Paths = GrpcMethod.Files
        .SelectMany(file => file.Services)
        .SelectMany(service => service.Methods)
        .Where(method => method.IsServerStreaming || method.IsClientStreaming)
        .Select(GrpcMethod.PathOf)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a path in gRPC is of one.</summary>
    public static bool Has(string path) => Paths.Contains(path);
}
