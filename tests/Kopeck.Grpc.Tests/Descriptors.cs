using Google.Protobuf.Reflection;
using Kopeck.Server.Grpc.Reading;
using Kopeck.V1;

namespace Kopeck.Grpc.Tests;

/// <summary>All that the descriptors of kopeck.v1 hold.</summary>
static class Descriptors
{
    public static IReadOnlyList<FileDescriptor> Files { get; } = [CommonReflection.Descriptor, .. GrpcMethod.Files];

    public static IEnumerable<MessageDescriptor> Messages =>
        Files.SelectMany(file => file.MessageTypes).SelectMany(WithNested).Where(message => !message.IsMapEntry);

    public static IEnumerable<EnumDescriptor> Enums => Files.SelectMany(file => file.EnumTypes);

    public static IEnumerable<MethodDescriptor> Methods => Files.SelectMany(file => file.Services).SelectMany(service => service.Methods);

    /// <summary>The files as one set, as protoc writes them.</summary>
    public static FileDescriptorSet ToSet() => new() { File = { Files.Select(file => file.ToProto()) } };

    static IEnumerable<MessageDescriptor> WithNested(MessageDescriptor message) =>
        message.NestedTypes.SelectMany(WithNested).Prepend(message);
}
