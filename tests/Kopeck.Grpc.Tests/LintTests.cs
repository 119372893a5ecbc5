using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Bodies;
using Kopeck.Server.Grpc.Reading;

namespace Kopeck.Grpc.Tests;

/// <summary>The proto files keep the style that is common: names, places, zero values, requests and responses of their own, comments on everything.</summary>
public sealed partial class LintTests
{
    [Fact]
    public void Files_are_in_the_folder_of_their_package_in_lower_snake_case_with_the_same_options()
    {
        var folder = Path.Combine(ProtoRoot(), "kopeck", "v1");
        Assert.Equal(Directory.GetFiles(folder, "*.proto").Select(file => "kopeck/v1/" + Path.GetFileName(file)).Order(StringComparer.Ordinal), Descriptors.Files.Select(file => file.Name).Order(StringComparer.Ordinal));
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
        Assert.All(Descriptors.Methods, method => Assert.Equal((method.Name + "Request", method.Name + "Response"), (method.InputType.Name, method.OutputType.Name)));
        var used = Descriptors.Methods.SelectMany(method => new[] { method.InputType.FullName, method.OutputType.FullName }).ToList();
        Assert.Equal(used.Count, used.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Every_import_is_used()
    {
        foreach (var file in Descriptors.Files)
        {
            var used = file.MessageTypes.SelectMany(message => message.Fields.InFieldNumberOrder())
                .Select(field => field.FieldType switch { Google.Protobuf.Reflection.FieldType.Message => field.MessageType.File.Name, Google.Protobuf.Reflection.FieldType.Enum => field.EnumType.File.Name, _ => file.Name })
                .ToHashSet(StringComparer.Ordinal);
            if (file.Services.Count > 0)
                used.Add("google/api/annotations.proto");
            Assert.All(file.Dependencies, import => Assert.True(used.Contains(import.Name), $"{file.Name} imports {import.Name} for nothing"));
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
                    Assert.True(lines[index - 1].TrimStart().StartsWith("// ", StringComparison.Ordinal), $"{Path.GetFileName(path)} line {index + 1} has no comment: {lines[index]}");
            }
        }
    }

    [Fact]
    public void Comments_name_the_lengths_of_the_tables()
    {
        foreach (var method in GrpcMethod.All.Values.Where(method => method.Call.Body is not null))
        {
            var text = File.ReadAllText(Path.Combine(ProtoRoot(), method.Descriptor.File.Name));
            var body = Regex.Match(text, $@"message {method.Descriptor.InputType.Name} \{{(.*?)\n\}}", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.None, TimeSpan.FromSeconds(5)).Value;
            foreach (var (comment, name) in FieldComment().Matches(body).Select(match => (match.Groups["comment"].Value, match.Groups["name"].Value)))
            {
                var member = method.Call.Body!.Members.FirstOrDefault(member => member.Name == name && member.Kind == MemberKind.Text);
                var type = name == "idempotency_key" ? FieldTypes.IdempotencyKey : member?.Field;
                if (type?.MaxLength is { } length && Length().Match(comment) is { Success: true } said)
                    Assert.True(said.Groups["length"].Value == length.ToString("N0", System.Globalization.CultureInfo.InvariantCulture), $"{method.Descriptor.InputType.Name}.{name} says {said}, the tables {length}");
            }
        }
    }

    static string ProtoRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "proto"));

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*$")]
    private static partial Regex Pascal();

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex LowerSnake();

    [GeneratedRegex("([a-z0-9])([A-Z])")]
    private static partial Regex WordEnd();

    [GeneratedRegex(@"^\s*((message|enum|service|rpc|oneof) |(optional |repeated )?[\w.<>, ]+ \w+ = \d+;|[A-Z_]+ = \d+;)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"// (?<comment>[^\n]*)\n\s*(optional )?string (?<name>\w+) = ", RegexOptions.ExplicitCapture)]
    private static partial Regex FieldComment();

    [GeneratedRegex(@"1 to (?<length>[\d,]+) (visible ASCII )?characters", RegexOptions.ExplicitCapture)]
    private static partial Regex Length();
}
