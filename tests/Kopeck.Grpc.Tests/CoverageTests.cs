using Google.Protobuf.Reflection;
using Kopeck.Api.Calls;
using Kopeck.Api.Inputs;
using Kopeck.Server.Grpc;
using Kopeck.Server.Grpc.Reading;
using Kopeck.Server.Tests;
using Kopeck.V1;

namespace Kopeck.Grpc.Tests;

/// <summary>
/// Each call is in both interfaces, with everything that it takes and answers: read from the table of calls and the services' descriptors.
/// </summary>
public sealed class CoverageTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public void Every_call_of_HTTP_is_one_method_of_gRPC_and_the_other_way_round()
    {
        foreach (var call in CallTable.All)
            Assert.True(
                Descriptors.Methods.Count(method => GrpcMethod.RuleOf(method) == (call.Method, call.Path)) == 1,
                $"{call.Method} {call.Path} is not exactly one method");
        foreach (var method in Descriptors.Methods)
        {
            if (method.IsClientStreaming)
                Assert.Null(GrpcMethod.RuleOf(method));
            else
                Assert.Contains(CallTable.All, call => GrpcMethod.RuleOf(method) == (call.Method, call.Path));
        }
    }

    [Fact]
    public async Task Every_method_is_served()
    {
        using var client = new RawClient(server.GrpcAddress);
        foreach (var method in Descriptors.Methods.Where(method => !method.IsClientStreaming))
        {
            var ended = await client.SendAsync(
                method.Service.FullName, method.Name, method.IsServerStreaming, [], RawClient.KeyHeader(server.Main.Key));
            Assert.NotEqual(global::Grpc.Core.StatusCode.Unimplemented, ended.Status);
            Assert.NotEqual(global::Grpc.Core.StatusCode.Internal, ended.Status);
        }
    }

    [Fact]
    public void Every_field_of_a_request_is_read_and_everything_a_call_takes_has_a_field()
    {
        foreach (var method in GrpcMethod.All.Values)
        {
            var (call, plan, message) = (method.Call, method.Plan, method.Descriptor.InputType);
            Assert.True(plan.Fields.SetEquals(message.Fields.InFieldNumberOrder()), $"{message.Name} has a field that is not read");
            AssertBound(call.Places, plan.Places, message.Name);
            AssertBound(call.Parameters, plan.Parameters, message.Name);
            AssertBound(call.Members.Where(member => member is not MapInput), plan.Members, message.Name);
        }

        foreach (var call in CallTable.All.Where(call => call.IsMutation))
        {
            var fields = GrpcMethod.All.Values.Single(method => method.Call == call).Descriptor.InputType.Fields.InFieldNumberOrder()
                .Select(field => field.Name).ToList();
            Assert.Contains("idempotency_key", fields);
            Assert.Contains("dry_run", fields);
        }
    }

    static void AssertBound(IEnumerable<Input> inputs, IReadOnlyList<Binding> bindings, string message)
    {
        foreach (var input in inputs)
        {
            var bound = bindings.FirstOrDefault(binding => binding.Input == input);
            Assert.True(bound is not null, $"{message} has no field for {input.Name}");
            if (input is ObjectsInput)
                AssertBound(input.Members, bound.Items, $"{message}.{input.Name}");
        }
    }

    // A new format or language is known to programs that were built before it: they name it in a text.
    static readonly HashSet<string> OpenChoices = ["format", "lang"];

    [Fact]
    public void Words_of_choices_are_the_enums_values()
    {
        foreach (var method in GrpcMethod.All.Values)
        {
            foreach (var (words, name)
                in method.Call.Parameters.Select(parameter => (parameter.Words, parameter.Name))
                    .Concat(method.Call.Members.Select(member => (member.Words, member.Name))).Where(choice => choice.Words.Count > 0))
            {
                var field = method.Descriptor.InputType.Fields.InFieldNumberOrder().Single(field => field.JsonName == name);
                Assert.Equal(OpenChoices.Contains(name) ? FieldType.String : FieldType.Enum, field.FieldType);
                if (field.FieldType == FieldType.String)
                    continue;
                Assert.Equal(
                    words.Order(StringComparer.Ordinal),
                    field.EnumType.Values.Where(value => value.Number != 0).Select(value => EnumWords.Word(field.EnumType, value.Number)!)
                        .Order(StringComparer.Ordinal));
            }
        }
    }

    [Fact]
    public void Kinds_of_operations_have_the_numbers_that_the_journal_stores()
    {
        var descriptor = OperationReflection.Descriptor.FindTypeByName<EnumDescriptor>("OperationKind");
        foreach (var kind in Enum.GetValues<Ledger.Journal.OperationKind>())
            Assert.Equal(Ledger.Kinds.KindList.Name(kind), EnumWords.Word(descriptor, (int)kind));
        Assert.Equal(Enum.GetValues<Ledger.Journal.OperationKind>().Length + 1, descriptor.Values.Count);
    }

    [Fact]
    public void Personal_columns_of_the_tables_are_fields_of_a_customer()
    {
        foreach (var column in Ledger.Fields.CustomerDetails.Columns)
            Assert.NotNull(Customer.Descriptor.FindFieldByName(column.Name));
    }

    [Fact]
    public void Every_error_code_has_the_status_of_the_design()
    {
        foreach (var code in Enum.GetValues<Ledger.Errors.ErrorCode>())
        {
            var expected = Ledger.Errors.ErrorCodes.Name(code) switch
            {
                "malformed_request" or "invalid_query" or "key_required" or "invalid_key" or "invalid_fields" or "not_acceptable" =>
                    "InvalidArgument",
                "unauthorized" => "Unauthenticated",
                "forbidden" => "PermissionDenied",
                "not_found" => "NotFound",
                "route_not_found" or "method_not_allowed" or "unsupported_media_type" => "Unimplemented",
                "already_exists" => "AlreadyExists",
                "too_large" or "rate_limited" => "ResourceExhausted",
                "overloaded" or "storage_unavailable" or "clock_skew" or "issuer_unavailable" => "Unavailable",
                "internal" => "Internal",
                _ => "FailedPrecondition",
            };
            Assert.Equal(expected, code.GrpcStatus().ToString());
        }
    }
}
