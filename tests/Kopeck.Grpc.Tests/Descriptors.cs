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

    /// <summary>The same with all that they import, so that others can read it alone.</summary>
    public static FileDescriptorSet ToWholeSet()
    {
        var set = new FileDescriptorSet();
        var known = new HashSet<string>(StringComparer.Ordinal);
        void Add(FileDescriptor file)
        {
            if (!known.Add(file.Name))
                return;
            foreach (var imported in file.Dependencies)
                Add(imported);
            var proto = file.ToProto();
            foreach (var message in proto.MessageType)
                NameFields(message);
            set.File.Add(proto);
        }

        foreach (var file in Files)
            Add(file);
        return set;
    }

    // protoc writes the names of JSON into a set; the generated code leaves them out.
    static void NameFields(DescriptorProto message)
    {
        foreach (var field in message.Field.Where(field => !field.HasJsonName))
        {
            var words = field.Name.Split('_');
            field.JsonName = words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        }

        foreach (var nested in message.NestedType)
            NameFields(nested);
    }

    static IEnumerable<MessageDescriptor> WithNested(MessageDescriptor message) =>
        message.NestedTypes.SelectMany(WithNested).Prepend(message);
}
