using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using Kopeck.Server.Tests;
using Kopeck.V1;

namespace Kopeck.Grpc.Tests;

/// <summary>
/// Operations with as many legs as there may be, read by a client with the limits that gRPC's libraries have by themselves.
/// </summary>
public sealed class LargeItemTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    const int Postings = 80;
    const int Legs = 1_000;
    const int MostBytes = 1 << 20;

    [Fact]
    public async Task Large_postings_pass_through_every_stream_in_messages_of_a_mebibyte()
    {
        var headers = RawClient.KeyHeader(await server.OpenBookAsync(server.NextName("large")));
        using var channel = GrpcChannel.ForAddress(server.GrpcAddress);
        var customers = new CustomerService.CustomerServiceClient(channel);
        var operations = new OperationService.OperationServiceClient(channel);
        var from = (
            await customers.RegisterCustomerAsync(
                new() { Name = "N", Country = "DE", City = "Bonn", Currency = "EUR" }, headers)).Wallets[0].Id;
        var to = (
            await customers.RegisterCustomerAsync(
                new() { Name = "M", Country = "DE", City = "Bonn", Currency = "EUR" }, headers)).Wallets[0].Id;
        await operations.DepositAsync(new() { Wallet = from, Amount = new() { Amount = "1000" }, IdempotencyKey = "d" }, headers);
        var post = new Posting { Legs = { Enumerable.Repeat(new Leg { From = from, To = to, Amount = "0.01" }, Legs) } };

        using (var call = operations.Submit(headers))
        {
            var outcomes = new List<Outcome>();
            var reading = Task.Run(async () =>
            {
                await foreach (var response in call.ResponseStream.ReadAllAsync())
                {
                    Assert.True(response.Outcomes.Count == 1 || response.CalculateSize() <= MostBytes);
                    outcomes.AddRange(response.Outcomes);
                }
            });
            foreach (var chunk in Enumerable.Range(0, Postings).Chunk(40))
                await call.RequestStream.WriteAsync(
                    new SubmitRequest { Operations = { chunk.Select(place => new Item { Posting = post, Key = $"p{place}" }) } });
            await call.RequestStream.CompleteAsync();
            await reading;
            Assert.Equal(Enumerable.Range(0, Postings).Select(place => $"p{place}"), outcomes.Select(outcome => outcome.Operation.Key));
        }

        var numbers = new List<string>();
        using (var watch = operations.Watch(new(), headers))
        {
            while (numbers.Count == 0
                || numbers.Count < int.Parse(numbers[^1], CultureInfo.InvariantCulture)
                || numbers.Count < Postings + 7)
            {
                Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
                var page = watch.ResponseStream.Current;
                Assert.True(page.Operations.Count == 1 || page.CalculateSize() <= MostBytes);
                numbers.AddRange(page.Operations.Select(operation => operation.Id));
            }
        }

        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => number.ToString(CultureInfo.InvariantCulture)), numbers);
        var listed = new List<string>();
        var pages = 0;
        using var list = operations.ListOperations(new() { Limit = 1_000, Order = SortOrder.Asc }, headers);
        await foreach (var page in list.ResponseStream.ReadAllAsync())
        {
            Assert.True(page.Items.Count == 1 || page.CalculateSize() <= MostBytes);
            listed.AddRange(page.Items.Select(operation => operation.Id));
            pages++;
        }

        Assert.Equal(numbers, listed);
        Assert.True(pages > 2, $"{pages} pages");
    }
}
