using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Kopeck.Testing;
using Kopeck.V1;

namespace Kopeck.Client.Tests;

/// <summary>
/// No method of the interface is missing in the client, and none fails otherwise than by <see cref="KopeckException"/>: read from the
/// services' descriptors.
/// </summary>
public sealed class CoverageTests
{
    static readonly IReadOnlyList<MethodDescriptor> Rpcs =
        [
            .. typeof(Money).Assembly.GetTypes().Select(type => type.GetProperty("Descriptor")?.GetValue(null)).OfType<ServiceDescriptor>()
                .SelectMany(service => service.Methods)];

    /// <summary>The client's own methods.</summary>
    static readonly IReadOnlyList<MethodInfo> Methods =
        [
            .. typeof(KopeckClient).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal))];

    [Fact]
    public async Task Every_single_call_is_on_a_stub_and_fails_with_the_ledgers_code()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        using var stranger = new KopeckClient(server.Grpc.ToString(), "kopeck_nobody");
        var single = Rpcs.Where(rpc => !rpc.IsServerStreaming && !rpc.IsClientStreaming).ToList();
        Assert.NotEmpty(single);
        foreach (var rpc in single)
        {
            var stub = typeof(KopeckClient).GetProperties().Single(property => property.PropertyType.Name == rpc.Service.Name + "Client")
                .GetValue(stranger)!;
            var method = stub.GetType().GetMethod(rpc.Name + "Async", [rpc.InputType.ClrType, typeof(CallOptions)]);
            Assert.True(method is not null, $"{rpc.FullName} is not on its stub");
            var call = method.Invoke(stub, [Activator.CreateInstance(rpc.InputType.ClrType), default(CallOptions)])!;
            var answer = (Task)call.GetType().GetProperty("ResponseAsync")!.GetValue(call)!;
            var failure = await Assert.ThrowsAsync<KopeckException>(() => answer);
            Assert.True(failure.Code == "unauthorized", $"{rpc.FullName}: {failure}");
        }
    }

    [Fact]
    public async Task Every_stream_is_a_method_of_the_client_and_fails_with_the_ledgers_code()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        using var stranger = new KopeckClient(server.Grpc.ToString(), "kopeck_nobody");
        using var calls = new Calls();
        var opened = new List<string>();
        foreach (var method in Methods)
        {
            using var mine = new Activity(method.Name).Start();
            var failure = await Assert.ThrowsAsync<KopeckException>(() => RunAsync(stranger, method));
            Assert.True(failure.Code == "unauthorized", $"{method.Name}: {failure}");
            var called = Assert.Single(calls.Under(mine));
            var rpc = Rpcs.Single(rpc => called == $"/{rpc.Service.FullName}/{rpc.Name}");
            if (rpc.IsServerStreaming)
                opened.Add(rpc.FullName);
        }

        Assert.Equal(
            Rpcs.Where(rpc => rpc.IsServerStreaming || rpc.IsClientStreaming).Select(rpc => rpc.FullName).Order(StringComparer.Ordinal),
            opened.Order(StringComparer.Ordinal));
    }

    /// <summary>Calls one of the client's methods with anything, and takes all that it gives.</summary>
    static async Task RunAsync(KopeckClient client, MethodInfo method)
    {
        var result = method.Invoke(client, [.. method.GetParameters().Select(Anything)]);
        if (result is Task task)
            await task;
        else
            await (Task)typeof(CoverageTests)
                .GetMethod(
                    nameof(TakeAllAsync),
                    BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(method.ReturnType.GetGenericArguments())
                .Invoke(null, [result])!;
    }

    static async Task TakeAllAsync<T>(IAsyncEnumerable<T> items)
    {
        await foreach (var item in items)
            Assert.Fail($"a stranger is told {item}");
    }

    static object? Anything(ParameterInfo parameter) => parameter.ParameterType switch
    {
        _ when parameter.HasDefaultValue =>
            parameter.ParameterType == typeof(CancellationToken) ? CancellationToken.None : parameter.DefaultValue,
        var type when type == typeof(string) => "1",
        var type when type == typeof(Money) => Money.Of(1m, "EUR"),
        var type when type == typeof(Stream) => Stream.Null,
        var type when type == typeof(IEnumerable<Item>) => Items(),
        var type when type == typeof(IAsyncEnumerable<Item>) => Items().ToAsyncEnumerable(),
        var type when type == typeof(IReadOnlyDictionary<string, QuotePair>) => new Dictionary<string, QuotePair>(StringComparer.Ordinal),
        var type when typeof(IEnumerable).IsAssignableFrom(type) => new Dictionary<string, decimal>(StringComparer.Ordinal),
        var type => Activator.CreateInstance(type),
    };

    static IEnumerable<Item> Items() => [new Item { Deposit = new Deposit { Wallet = "1", Amount = Money.Of(1m, "EUR") }, Key = "any" }];

    /// <summary>The methods that were called over gRPC, as the channel itself tells.</summary>
    sealed class Calls : IDisposable
    {
        readonly ConcurrentQueue<Activity> ended = new();
        readonly ActivityListener listener;

        public Calls()
        {
            listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Grpc.Net.Client",
                Sample = (ref _) => ActivitySamplingResult.AllData,
                ActivityStopped = ended.Enqueue,
            };
            ActivitySource.AddActivityListener(listener);
        }

        /// <summary>Those that an activity led to: other tests call at the same time.</summary>
        public IEnumerable<string> Under(Activity root) =>
            ended.Where(activity => activity.TraceId == root.TraceId).Select(activity => (string)activity.GetTagItem("grpc.method")!);

        public void Dispose() => listener.Dispose();
    }
}
