using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using Kopeck.Api.Calls;
using Kopeck.Api.Inputs;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Grpc.Reading;
using Kopeck.V1;
using FieldType = Kopeck.Ledger.Fields.FieldType;

namespace Kopeck.Grpc.Tests;

/// <summary>
/// The proto files keep the style that is common: names, places, zero values, requests and responses of their own, comments on everything.
/// </summary>
public sealed partial class LintTests
{
    [Fact]
    public void Files_are_in_the_folder_of_their_package_in_lower_snake_case_with_the_same_options()
    {
        var folder = Path.Combine(ProtoRoot(), "kopeck", "v1");
        Assert.Equal(
            Directory.GetFiles(folder, "*.proto").Select(file => "kopeck/v1/" + Path.GetFileName(file)).Order(StringComparer.Ordinal),
            Descriptors.Files.Select(file => file.Name).Order(StringComparer.Ordinal));
        foreach (var file in Descriptors.Files)
        {
            Assert.Matches("^kopeck/v1/[a-z][a-z_]*\\.proto$", file.Name);
            Assert.Equal("kopeck.v1", file.Package);
            Assert.Equal("proto3", file.ToProto().Syntax);
            Assert.Equal("Kopeck.V1", file.ToProto().Options.CsharpNamespace);
            Assert.Empty(file.PublicDependencies);
        }
    }

    [Fact]
    public void Names_have_their_case()
    {
        foreach (var message in Descriptors.Messages)
        {
            Assert.Matches(Pascal(), message.Name);
            Assert.All(message.Fields.InFieldNumberOrder(), field => Assert.Matches(LowerSnake(), field.Name));
            Assert.All(message.Oneofs.Where(oneof => !oneof.IsSynthetic), oneof => Assert.Matches(LowerSnake(), oneof.Name));
        }

        foreach (var service in Descriptors.Files.SelectMany(file => file.Services))
        {
            Assert.Matches("^[A-Z][A-Za-z0-9]*Service$", service.Name);
            Assert.All(service.Methods, method => Assert.Matches(Pascal(), method.Name));
        }
    }

    [Fact]
    public void Enums_have_an_unspecified_zero_and_their_name_before_every_value()
    {
        foreach (var descriptor in Descriptors.Enums)
        {
            Assert.Matches(Pascal(), descriptor.Name);
            var prefix = WordEnd().Replace(descriptor.Name, "$1_$2").ToUpperInvariant() + "_";
            Assert.Equal((prefix + "UNSPECIFIED", 0), (descriptor.Values[0].Name, descriptor.Values[0].Number));
            Assert.All(descriptor.Values, value => Assert.Matches($"^{prefix}[A-Z][A-Z0-9_]*$", value.Name));
            Assert.Equal(descriptor.Values.Count, descriptor.Values.Select(value => value.Number).Distinct().Count());
        }
    }

    [Fact]
    public void Every_method_has_a_request_and_a_response_of_its_own()
    {
        Assert.All(
            Descriptors.Methods,
            method => Assert.Equal((method.Name + "Request", method.Name + "Response"), (method.InputType.Name, method.OutputType.Name)));
        var used = Descriptors.Methods.SelectMany(method => new[] { method.InputType.FullName, method.OutputType.FullName }).ToList();
        Assert.Equal(used.Count, used.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Every_import_is_used()
    {
        foreach (var file in Descriptors.Files)
        {
            var used = file.MessageTypes.SelectMany(message => message.Fields.InFieldNumberOrder())
                .Select(field => field.IsMap ? field.MessageType.FindFieldByNumber(2) : field)
                .Select(
                    field =>
                        field.FieldType switch
                        {
                            global::Google.Protobuf.Reflection.FieldType.Message => field.MessageType.File.Name,
                            global::Google.Protobuf.Reflection.FieldType.Enum => field.EnumType.File.Name,
                            _ => file.Name
                        })
                .ToHashSet(StringComparer.Ordinal);
            if (file.Services.Count > 0)
                used.Add("google/api/annotations.proto");
            Assert.All(
                file.Dependencies, import => Assert.True(used.Contains(import.Name), $"{file.Name} imports {import.Name} for nothing"));
        }
    }

    [Fact]
    public void Everything_has_a_comment()
    {
        foreach (var path in Directory.GetFiles(ProtoRoot(), "*.proto", SearchOption.AllDirectories))
        {
            var lines = File.ReadAllLines(path);
            for (var index = 1; index < lines.Length; index++)
            {
                if (Declaration().IsMatch(lines[index]))
                    Assert.True(
                        lines[index - 1].TrimStart().StartsWith("// ", StringComparison.Ordinal),
                        $"{Path.GetFileName(path)} line {index + 1} has no comment: {lines[index]}");
            }
        }
    }

    [Fact]
    public void Comments_name_the_lengths_of_the_tables()
    {
        var limited = 0;
        foreach (var method in GrpcMethod.All.Values)
        {
            var types = Types(method.Call.Members).Concat(method.Call.Parameters.Select(parameter => (parameter.Name, parameter.Field)))
                .Append(("idempotencyKey", FieldTypes.IdempotencyKey));
            limited += CheckComments(method.Descriptor.InputType, types);
        }

        foreach (var kind in ItemKind.All)
            limited += CheckComments(Item.Descriptor.FindFieldByName(kind.Word).MessageType, Types(kind.Call.Members));
        limited += CheckComments(Item.Descriptor, [("key", FieldTypes.IdempotencyKey)]);
        Assert.True(limited > 50, $"only {limited} fields have a limit");
    }

    static IEnumerable<(string Name, FieldType? Type)> Types(IReadOnlyList<Input> members) =>
        members.Select(member => (member.Name, member.Field));

    /// <summary>How many fields of a message have a limit, each of which its comment says.</summary>
    static int CheckComments(MessageDescriptor message, IEnumerable<(string Name, FieldType? Type)> types)
    {
        var text = File.ReadAllText(Path.Combine(ProtoRoot(), message.File.Name));
        var start = text.IndexOf($"\nmessage {message.Name} {{", StringComparison.Ordinal);
        var body = text[start..text.IndexOf("\n}", start, StringComparison.Ordinal)];
        var comments = FieldComment().Matches(body)
            .ToDictionary(
                match => match.Groups["name"].Value, match => CommentLine().Replace(match.Groups["comment"].Value, " "),
                StringComparer.Ordinal);
        var limited = 0;
        foreach (var (name, type) in types)
        {
            if (message.Fields.InFieldNumberOrder().FirstOrDefault(field => field.JsonName == name) is not { } field
                || LimitOf(type) is not { } limit)
                continue;
            Assert.True(
                Regex.IsMatch(comments[field.Name], limit, RegexOptions.None, TimeSpan.FromSeconds(5)),
                $"{message.Name}.{field.Name} does not say {limit}: {comments[field.Name]}");
            limited++;
        }

        return limited;
    }

    /// <summary>What a comment says of a type's limit; null where it has none.</summary>
    static string? LimitOf(FieldType? type) => type switch
    {
        { MaxLength: { } length } when type.MinLength == length => "ISO",
        { MaxLength: { } length } => string.Create(CultureInfo.InvariantCulture, $@"\b(1|up) to {length:N0} (visible ASCII )?characters"),
        { Minimum: { } least, Maximum: { } most } => string.Create(CultureInfo.InvariantCulture, $@"\b{least} to {most:N0}\b"),
        _ => null,
    };

    static string ProtoRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "proto"));

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*$")]
    private static partial Regex Pascal();

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex LowerSnake();

    [GeneratedRegex("([a-z0-9])([A-Z])")]
    private static partial Regex WordEnd();

    [GeneratedRegex(@"^\s*((message|enum|service|rpc|oneof) |(optional |repeated )?[\w.<>, ]+ \w+ = \d+;|[A-Z_]+ = \d+;)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<comment>(\s*//[^\n]*\n)+)\s*(optional |repeated )?[\w.]+ (?<name>\w+) = \d+;", RegexOptions.ExplicitCapture)]
    private static partial Regex FieldComment();

    [GeneratedRegex(@"\s*// ")]
    private static partial Regex CommentLine();
}
