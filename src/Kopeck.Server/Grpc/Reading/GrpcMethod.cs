using System.Collections.Frozen;
using Google.Api;
using Google.Protobuf.Reflection;
using Kopeck.Api;
using Kopeck.Api.Calls;
using Kopeck.V1;

namespace Kopeck.Server.Grpc.Reading;

/// <summary>A method of the interface and the call that it is: both name the same HTTP path.</summary>
public sealed class GrpcMethod
{
    /// <summary>The descriptors of all files of the interface.</summary>
    public static IReadOnlyList<FileDescriptor> Files { get; } =
    [
        CustomerReflection.Descriptor,
        AccountReflection.Descriptor,
        HoldReflection.Descriptor,
        HoldServiceReflection.Descriptor,
        OperationReflection.Descriptor,
        QuoteReflection.Descriptor,
        StatementReflection.Descriptor,
        ReferenceReflection.Descriptor,
        KeyReflection.Descriptor,
        BookReflection.Descriptor,
    ];

    /// <summary>The methods that are calls, by their path in gRPC such as <c>/kopeck.v1.KeyService/ListKeys</c>.</summary>
    public static IReadOnlyDictionary<string, GrpcMethod> All { get; } = Files
        .SelectMany(file => file.Services)
        .SelectMany(service => service.Methods)
        .Select(method => (Method: method, Call: FindCall(method)))
        .Where(pair => pair.Call is not null)
        .Select(pair => new GrpcMethod(pair.Method, pair.Call!))
        .ToFrozenDictionary(method => method.Path, StringComparer.Ordinal);

    /// <summary>The paths in gRPC of all methods, calls or not.</summary>
    public static IReadOnlySet<string> Paths { get; } =
        Files.SelectMany(file => file.Services).SelectMany(service => service.Methods).Select(PathOf).ToFrozenSet(StringComparer.Ordinal);

    GrpcMethod(MethodDescriptor descriptor, Call call)
    {
        Descriptor = descriptor;
        Call = call;
        Plan = new MessagePlan(call, descriptor.InputType);
    }

    /// <summary>The method.</summary>
    public MethodDescriptor Descriptor { get; }

    /// <summary>The call.</summary>
    public Call Call { get; }

    /// <summary>The path in gRPC.</summary>
    public string Path => PathOf(Descriptor);

    internal MessagePlan Plan { get; }

    /// <summary>The path in gRPC of a method.</summary>
    public static string PathOf(MethodDescriptor method) => $"/{method.Service.FullName}/{method.Name}";

    /// <summary>The HTTP method and path that a method is annotated with; null for a method of gRPC alone.</summary>
    public static (string Method, string Path)? RuleOf(MethodDescriptor method) =>
        method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) switch
        {
            { PatternCase: HttpRule.PatternOneofCase.Get } rule => ("GET", rule.Get),
            { PatternCase: HttpRule.PatternOneofCase.Put } rule => ("PUT", rule.Put),
            { PatternCase: HttpRule.PatternOneofCase.Post } rule => ("POST", rule.Post),
            { PatternCase: HttpRule.PatternOneofCase.Delete } rule => ("DELETE", rule.Delete),
            { PatternCase: HttpRule.PatternOneofCase.Patch } rule => ("PATCH", rule.Patch),
            _ => null,
        };

    static Call? FindCall(MethodDescriptor method) =>
        RuleOf(method) is { } rule ? CallTable.All.FirstOrDefault(call => call.Method == rule.Method && call.Path == rule.Path) : null;
}
