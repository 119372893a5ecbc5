using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using Kopeck.Testing;
using Kopeck.V1;

namespace Kopeck.Process.Tests;

/// <summary>
/// Follows a book's journal through whatever server there is, and comes back after the last number it has when the feed breaks.
/// </summary>
sealed class FeedFollower(Func<Server> server, bool isGrpc)
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    readonly List<string> hashes = [];

    /// <summary>The last number that it has; each number before it came once and in order.</summary>
    public int Last => Volatile.Read(ref last);

    /// <summary>How often the feed was begun.</summary>
    public int Connections { get; private set; }

    /// <summary>The operations' hashes, in order.</summary>
    public IReadOnlyList<string> Hashes => hashes;

    int last;

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Connections++;
                await (isGrpc ? FollowGrpcAsync(server(), stop) : FollowEventsAsync(server(), stop));
            }
            catch (Exception exception) when (exception
                is RpcException or HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The server went; its successor goes on.
            }

            if (!stop.IsCancellationRequested)
                await Task.Delay(Pause, CancellationToken.None);
        }
    }

    void Take(int number, string hash)
    {
        Assert.True(number == last + 1, string.Create(CultureInfo.InvariantCulture, $"after operation {last} came {number}"));
        hashes.Add(hash);
        Volatile.Write(ref last, number);
    }

    async Task FollowGrpcAsync(Server current, CancellationToken stop)
    {
        using var channel = GrpcChannel.ForAddress(current.Grpc);
        using var call = new OperationService.OperationServiceClient(channel)
            .Watch(
                new WatchRequest { After = last }, new Metadata { { "authorization", "Bearer " + current.Key } }, cancellationToken: stop);
        while (await call.ResponseStream.MoveNext(stop))
        {
            foreach (var operation in call.ResponseStream.Current.Operations)
                Take(int.Parse(operation.Id, CultureInfo.InvariantCulture), operation.Hash);
        }
    }

    async Task FollowEventsAsync(Server current, CancellationToken stop)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(current.Http, "/v1/journal"));
        request.Headers.Authorization = new("Bearer", current.Key);
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Add("Last-Event-ID", last.ToString(CultureInfo.InvariantCulture));
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        Assert.True(response.IsSuccessStatusCode || (int)response.StatusCode == 503, $"{response.StatusCode}");
        if (!response.IsSuccessStatusCode)
            return;
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(stop));
        var number = 0;
        while (await lines.ReadLineAsync(stop) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                number = int.Parse(line["id: ".Length..], CultureInfo.InvariantCulture);
            else if (line.StartsWith("data: ", StringComparison.Ordinal) && line[^1] == '}')
                Take(number, System.Text.Json.JsonDocument.Parse(line["data: ".Length..]).RootElement.GetProperty("hash").GetString()!);
        }
    }
}
