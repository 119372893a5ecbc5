using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Kopeck.Parity.Tests.Driving;

/// <summary>The ledger over HTTP.</summary>
sealed class HttpDriver(DrivenServer server) : ILedgerDriver
{
    readonly HttpClient client = new() { BaseAddress = server.Http };

    public static async Task<ILedgerDriver> StartAsync(Bench bench) => new HttpDriver(await DrivenServer.StartAsync(bench));

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    public async Task<Told> DoAsync(Step step)
    {
        if (step is Watch watch)
            return await WatchAsync(watch);
        if (step is Submit bulk)
            return await OneByOneAsync(bulk);
        var (method, path, body) = HttpRequests.Of(step);
        using var request = new HttpRequestMessage(new HttpMethod(method), path + (step.DryRun ? "?dryRun=true" : ""));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await server.KeyAsync(step));
        if (method != "GET" && step.Key is { } key)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (body is not null)
            request.Content =
                step is ImportQuotes feed
                    ? new StringContent(feed.Feed, Encoding.UTF8, "text/plain")
                    : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            return Error(text);
        if (step is FileStep)
            return Told.Done(Normal.Json(await FileAsync(response.Content)));
        var isReplay = response.Headers.Contains("Idempotency-Replayed");
        return step switch
        {
            SubmitBatch => Told.Done(Outcomes(JsonNode.Parse(text)!), isReplay),
            _ => Told.Done(Normal.Json(text), isReplay),
        };
    }

    // Bulk is no batch: its items share nothing, not even a key.
    async Task<Told> OneByOneAsync(Submit bulk)
    {
        var outcomes = new JsonArray();
        foreach (var item in bulk.Items)
        {
            var (_, path, body) = HttpRequests.Of(item);
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await server.KeyAsync(bulk));
            request.Headers.TryAddWithoutValidation("Idempotency-Key", item.Key);
            request.Content = new StringContent(body!, Encoding.UTF8, "application/json");
            using var response = await client.SendAsync(request);
            outcomes.Add(
                new JsonObject
                {
                    ["status"] = (int)response.StatusCode,
                    ["body"] = JsonNode.Parse(await response.Content.ReadAsStringAsync())
                });
        }

        return Told.Done(Outcomes(new JsonObject { ["outcomes"] = outcomes }), isReplay: false);
    }

    /// <summary>The error that a problem tells.</summary>
    public static Told Error(string problem)
    {
        var json = JsonNode.Parse(problem)!;
        return Told.Error(
            json["code"]!.GetValue<string>(), json["errors"]?.AsArray().Select(error => error!["code"]!.GetValue<string>()) ?? []);
    }

    static async Task<JsonObject> FileAsync(HttpContent content) => new()
    {
        ["type"] = content.Headers.ContentType!.ToString(),
        ["file"] = content.Headers.ContentDisposition!.FileName,
        ["data"] = Convert.ToBase64String(await content.ReadAsByteArrayAsync()),
    };

    // An outcome is its operation, or its error's code and those of its fields: the rest of a problem is each interface's own.
    static string Outcomes(JsonNode batch) => Normal.Json(new JsonArray([.. batch["outcomes"]!.AsArray().Select(outcome =>
    {
        var body = outcome!["body"]!;
        if (outcome["status"]!.GetValue<int>() < 300)
            return body.DeepClone();
        var told = Error(body.ToJsonString());
        return new JsonObject { ["code"] = told.Code, ["fields"] = told.Fields };
    })]));

    async Task<Told> WatchAsync(Watch watch)
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"/v1/journal?after={watch.After}&leaves={(watch.Leaves ? "true" : "false")}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await server.KeyAsync(watch));
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (!response.IsSuccessStatusCode)
            return Error(await response.Content.ReadAsStringAsync());
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        var operations = new JsonArray();
        while (operations.Count < watch.Count && await lines.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                operations.Add(JsonNode.Parse(line["data: ".Length..]));
        }

        return Told.Done(Normal.Json(operations));
    }
}
