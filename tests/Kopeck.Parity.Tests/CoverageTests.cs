using System.Reflection;
using Google.Protobuf.Reflection;
using Kopeck.Embedded;
using Kopeck.Server.Calls;
using Kopeck.Server.Grpc.Reading;

namespace Kopeck.Parity.Tests;

/// <summary>No interface lacks a call or an input: read from the table of calls, the services' descriptors and the embedded ledger's own methods.</summary>
public sealed class CoverageTests
{
    static readonly IReadOnlyList<(MethodInfo Method, LedgerCallAttribute Call)> Embedded =
        [.. typeof(KopeckLedger).GetMethods().Select(method => (method, call: method.GetCustomAttribute<LedgerCallAttribute>())).Where(pair => pair.call is not null).Select(pair => (pair.method, pair.call!))];

    static IEnumerable<MethodDescriptor> Rpcs => GrpcMethod.Files.SelectMany(file => file.Services).SelectMany(service => service.Methods);

    [Fact]
    public void Every_call_of_HTTP_is_one_method_of_gRPC_and_one_of_the_embedded_ledger()
    {
        foreach (var call in CallTable.All)
        {
            Assert.True(Rpcs.Count(method => GrpcMethod.RuleOf(method) == (call.Method, call.Path)) == 1, $"{call.Method} {call.Path} is not exactly one method of gRPC");
            Assert.True(Embedded.Count(pair => (pair.Call.Method, pair.Call.Path) == (call.Method, call.Path)) == 1, $"{call.Method} {call.Path} is not exactly one method of the embedded ledger");
        }
    }

    [Fact]
    public void Every_method_of_gRPC_is_a_call_of_HTTP_or_a_method_of_the_embedded_ledger_by_its_name()
    {
        foreach (var method in Rpcs)
        {
            if (GrpcMethod.RuleOf(method) is { } rule)
                Assert.True(CallTable.All.Any(call => (call.Method, call.Path) == rule), $"{method.FullName} is no call of HTTP");
            else
                Assert.True(Embedded.Count(pair => pair.Call.Rpc == method.FullName) == 1, $"{method.FullName} is not exactly one method of the embedded ledger");
        }
    }

    [Fact]
    public void Every_method_of_the_embedded_ledger_is_a_call_of_the_others()
    {
        foreach (var (method, call) in Embedded)
        {
            var isKnown = call.Rpc is { } rpc ? Rpcs.Any(known => known.FullName == rpc) : CallTable.All.Any(known => (known.Method, known.Path) == (call.Method!, call.Path!));
            Assert.True(isKnown, $"{method.Name} names no call");
        }
    }

    [Fact]
    public void Everything_that_a_call_takes_the_embedded_ledger_takes()
    {
        foreach (var call in CallTable.All)
        {
            var method = Embedded.Single(pair => (pair.Call.Method, pair.Call.Path) == (call.Method, call.Path)).Method;
            var taken = Inputs(method).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var name in call.Parameters.Select(parameter => parameter.Name).Concat(call.Body?.Members.Select(member => member.Name) ?? []))
                Assert.True(taken.Contains(name), $"{method.Name} takes no {name}: {string.Join(", ", taken)}");
            Assert.True(!call.IsMutation || taken.Contains("Key"), $"{method.Name} takes no key");
        }
    }

    /// <summary>The names of a method's parameters, and of the properties of those that are its requests.</summary>
    static IEnumerable<string> Inputs(MethodInfo method) => method.GetParameters().SelectMany(parameter =>
        parameter.ParameterType.GetProperties().Where(_ => parameter.ParameterType.Assembly == typeof(KopeckLedger).Assembly).Select(property => property.Name).Append(parameter.Name!));
}
