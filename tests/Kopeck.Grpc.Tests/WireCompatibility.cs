using Google.Protobuf.Reflection;

namespace Kopeck.Grpc.Tests;

/// <summary>Finds what would break a program that was built with an older version of the interface.</summary>
static class WireCompatibility
{
    /// <summary>What is gone, renumbered or of another type, each in a line.</summary>
    public static IReadOnlyList<string> Compare(FileDescriptorSet released, FileDescriptorSet current)
    {
        var findings = new List<string>();
        var messages = Messages(current);
        foreach (var (name, old) in Messages(released))
        {
            if (messages.TryGetValue(name, out var now))
                CompareMessage(name, old, now, findings);
            else
                findings.Add($"message {name} is gone");
        }

        var enums = current.File.SelectMany(file => file.EnumType).ToDictionary(type => type.Name, StringComparer.Ordinal);
        foreach (var old in released.File.SelectMany(file => file.EnumType))
        {
            var values = enums.GetValueOrDefault(old.Name)?.Value.ToDictionary(value => value.Number, value => value.Name);
            foreach (var value in old.Value.Where(value => values?.GetValueOrDefault(value.Number) != value.Name))
                findings.Add($"enum {old.Name}: {value.Name} = {value.Number} is gone or renamed");
        }

        CompareServices(released, current, findings);
        return findings;
    }

    static void CompareMessage(string name, DescriptorProto old, DescriptorProto now, List<string> findings)
    {
        foreach (var field in old.Field)
        {
            var same = now.Field.FirstOrDefault(other => other.Number == field.Number);
            if (same is null)
                findings.Add($"{name}.{field.Name} = {field.Number} is gone");
            else if (same.Name != field.Name)
                findings.Add($"{name}.{field.Name} = {field.Number} is {same.Name} now");
            else if ((same.Type, same.Label, same.TypeName) != (field.Type, field.Label, field.TypeName))
                findings.Add($"{name}.{field.Name} is of another type now");
            else if (OneofOf(now, same) != OneofOf(old, field))
                findings.Add($"{name}.{field.Name} moved into or out of a oneof");
        }

        // A number that was given up must not come back with another meaning.
        foreach (var range
            in old.ReservedRange.Where(range => now.Field.Any(field => field.Number >= range.Start && field.Number < range.End)))
            findings.Add($"{name} uses a number from {range.Start} on that was reserved");
    }

    static string? OneofOf(DescriptorProto message, FieldDescriptorProto field) =>
        field.HasOneofIndex
            && !field.Proto3Optional ? message.OneofDecl[field.OneofIndex].Name : field.Proto3Optional ? "(optional)" : null;

    static void CompareServices(FileDescriptorSet released, FileDescriptorSet current, List<string> findings)
    {
        var services = current.File.SelectMany(file => file.Service).ToDictionary(service => service.Name, StringComparer.Ordinal);
        foreach (var old in released.File.SelectMany(file => file.Service))
        {
            foreach (var method in old.Method)
            {
                var now = services.GetValueOrDefault(old.Name)?.Method.FirstOrDefault(other => other.Name == method.Name);
                if (now is null)
                    findings.Add($"{old.Name}.{method.Name} is gone");
                else if (
                    (now.InputType, now.OutputType, now.ClientStreaming, now.ServerStreaming) != (
                        method.InputType, method.OutputType, method.ClientStreaming, method.ServerStreaming))
                    findings.Add($"{old.Name}.{method.Name} takes, answers or streams something else now");
            }
        }
    }

    static Dictionary<string, DescriptorProto> Messages(FileDescriptorSet set)
    {
        var found = new Dictionary<string, DescriptorProto>(StringComparer.Ordinal);
        foreach (var message in set.File.SelectMany(file => file.MessageType))
            Add(message.Name, message);
        return found;

        void Add(string name, DescriptorProto message)
        {
            found.Add(name, message);
            foreach (var nested in message.NestedType)
                Add($"{name}.{nested.Name}", nested);
        }
    }
}
