using Google.Protobuf.Reflection;
using Kopeck.Api;
using Kopeck.Api.Calls;
using Kopeck.Api.Inputs;
using Kopeck.Embedded;
using Kopeck.Server.Grpc.Reading;

namespace Kopeck.Parity.Tests;

/// <summary>
/// No interface lacks a call or an input: read from the table of calls, the services' descriptors and the request records.
/// </summary>
public sealed class CoverageTests
{
    static readonly IReadOnlyList<Type> Requests =
    [
        .. typeof(CallRequest).Assembly.GetExportedTypes()
            .Where(type => type is { IsAbstract: false } && typeof(CallRequest).IsAssignableFrom(type))
    ];

    static IEnumerable<MethodDescriptor> Rpcs => GrpcMethod.Files.SelectMany(file => file.Services).SelectMany(service => service.Methods);

    [Fact]
    public void Every_call_of_HTTP_is_one_method_of_gRPC()
    {
        foreach (var call in CallTable.All)
            Assert.True(
                Rpcs.Count(method => GrpcMethod.RuleOf(method) == (call.Method, call.Path)) == 1,
                $"{call.Method} {call.Path} is not exactly one method of gRPC");
    }

    [Fact]
    public void Every_method_of_gRPC_is_a_call_or_a_method_of_the_embedded_ledger_by_its_name()
    {
        foreach (var method in Rpcs)
        {
            if (GrpcMethod.RuleOf(method) is { } rule)
                Assert.True(CallTable.All.Any(call => (call.Method, call.Path) == rule), $"{method.FullName} is no call of HTTP");
            else
                Assert.NotNull(typeof(KopeckLedger).GetMethod(method.Name + "Async"));
        }
    }

    [Fact]
    public void Every_request_record_asks_a_call_of_the_table_and_every_call_has_one()
    {
        var asked = Requests.Select(type => (Call)type.GetProperty(nameof(TransferRequest.Call))!.GetValue(Activator.CreateInstance(type))!)
            .ToList();
        Assert.Equal(CallTable.All.Count, asked.Count);
        Assert.Equal(
            CallTable.All.Select(call => call.Path + call.Method).Order(StringComparer.Ordinal),
            asked.Select(call => call.Path + call.Method).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Everything_that_a_call_takes_its_request_record_has()
    {
        foreach (var call in CallTable.All)
        {
            var request = call.NewRequest().GetType();
            var properties = request.GetProperties().Select(property => property.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var input in call.Places.Concat(call.Parameters).Concat(call.Members))
            {
                // A list's own key is not the request's.
                var name =
                    input.Name == "key" && request == typeof(ListOperationsRequest) ? nameof(ListOperationsRequest.RequestKey) : input.Name;
                Assert.True(properties.Contains(name), $"{request.Name} has no {name}: {string.Join(", ", properties)}");
            }
        }
    }

    [Fact]
    public void Every_input_says_what_it_is()
    {
        static IEnumerable<Input> Deep(Input input) => input.Members.SelectMany(Deep).Prepend(input);
        foreach (var input in CallTable.All.SelectMany(call => call.Places.Concat(call.Parameters).Concat(call.Members)).SelectMany(Deep))
            Assert.False(string.IsNullOrWhiteSpace(input.Description), $"{input.Name} says nothing");
    }
}
