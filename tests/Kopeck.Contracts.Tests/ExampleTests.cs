using System.Text.Json;
using System.Text.Json.Nodes;
using Kopeck.Ledger.Fields;
using Kopeck.Testing;
using Kopeck.Testing.Contracts;

namespace Kopeck.Contracts.Tests;

/// <summary>Every example of the document can be sent as it stands, and is answered as it says.</summary>
public sealed class ExampleTests
{
    const string Rewrite = "KOPECK_WRITE_EXAMPLES";

    // What no other server answers alike: its clock, its secrets, and what follows from them.
    static readonly HashSet<string> Moving = new(StringComparer.Ordinal)
    {
        "at", "createdAt", "revokedAt", "expiresAt", "lastUsedAt", "oldSecretUntil", "hash", "start", "end", "firstDay", "lastDay",
        "date", "next",
    };

    static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = CanonicalText.Encoder, NewLine = "\n" };

    [Fact]
    public async Task Every_example_is_answered_as_it_says()
    {
        await using var server = await LedgerServer.StartAsync(new StillTime());
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
        {
            await RewriteAsync(server);
            return;
        }

        foreach (var example in ExampleStory.Read(ApiDocument.Committed))
        {
            var answer = await SendAsync(server, example);
            Assert.True(answer.Status == example.Status, $"{example} is answered with {answer.Status} {answer.Text}");
            AssertSame(example, WithoutSecrets(answer.Value));
        }
    }

    [Fact]
    public async Task Every_example_works_today()
    {
        await using var server = await LedgerServer.StartAsync();
        foreach (var example in ExampleStory.Read(ApiDocument.Committed))
        {
            var answer = await SendAsync(server, example);
            Assert.True(answer.Status == example.Status, $"{example} is answered with {answer.Status} {answer.Text}");
            if (example.Operation.Id != "followJournal")
                AssertSame(example with { Expected = Still(example.Expected!) }, Still(WithoutSecrets(answer.Value)));
        }
    }

    [Fact]
    public void Every_call_has_an_example_with_a_body_where_it_takes_one()
    {
        var examples = ExampleStory.Read(ApiDocument.Committed).ToLookup(example => example.Operation.Id, StringComparer.Ordinal);
        Assert.All(ApiDocument.Committed.Operations, operation =>
        {
            Assert.NotEmpty(examples[operation.Id]);
            if (operation.BodySchema is not null && operation.Json["requestBody"]!["required"]!.GetValue<bool>())
                Assert.All(examples[operation.Id], example => Assert.NotNull(example.Body));
        });
    }

    [Fact]
    public void Every_body_of_an_example_is_what_its_schema_says() =>
        Assert.All(
            ExampleStory.Read(ApiDocument.Committed).Where(example => example.Body is not null),
            example => Assert.Empty(ApiDocument.Committed.Check(example.Operation.BodySchema!, example.Body!)));

    static Task<Answer> SendAsync(LedgerServer server, Example example) => server.SendAsync(
        example.Operation.Method,
        example.Target,
        example.Body,
        example.Key,
        example.IsOperators ? server.OperatorKey : server.AdminKey);

    static void AssertSame(Example example, JsonNode actual) => Assert.True(
        JsonNode.DeepEquals(example.Expected, actual),
        $"{example} says {example.Expected!.ToJsonString()}\nand is answered {actual.ToJsonString()}\nRefresh: {Rewrite}=1");

    static JsonNode WithoutSecrets(JsonNode value)
    {
        if (value is JsonObject json && json["key"] is JsonValue key && key.ToString().StartsWith("kopeck_", StringComparison.Ordinal))
            json["key"] = "kopeck_...";
        if (value is JsonObject problem && problem.ContainsKey("requestId"))
            problem["requestId"] = "4bf92f3577b34da6a3ce929d0e0e4736";
        return value;
    }

    /// <summary>A copy without what moves.</summary>
    static JsonNode Still(JsonNode value) => value switch
    {
        JsonObject json => new JsonObject(json.Where(member => !Moving.Contains(member.Key) || member.Value is JsonObject).Select(
            member => KeyValuePair.Create(member.Key, member.Value is null ? null : Still(member.Value)))),
        JsonArray array => new JsonArray([.. array.Select(item => Still(item!))]),
        _ => value.DeepClone(),
    };

    static async Task RewriteAsync(LedgerServer server)
    {
        var path = Path.Combine(Shell.Repository, "src", "Kopeck.Server", "OpenApi", "examples.json");
        var story = (JsonArray)JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        foreach (var entry in story.Select(entry => (JsonObject)entry!))
        {
            var operation = ApiDocument.Committed.Operations.Single(operation => operation.Id == entry["call"]!.GetValue<string>());
            var target = operation.Path;
            var query = new List<string>();
            foreach (var (name, value) in entry["parameters"] as JsonObject ?? [])
            {
                var text = Uri.EscapeDataString(value!.ToString());
                if (target.Contains($"{{{name}}}", StringComparison.Ordinal))
                    target = target.Replace($"{{{name}}}", text, StringComparison.Ordinal);
                else
                    query.Add($"{name}={text}");
            }

            var answer = await server.SendAsync(
                operation.Method,
                query.Count == 0 ? target : $"{target}?{string.Join('&', query)}",
                entry["body"]?.ToJsonString(),
                operation.Method == "GET" ? null : $"{entry["call"]}-{entry["name"]}",
                operation.Scope == "operator" ? server.OperatorKey : server.AdminKey);
            Assert.True(
                answer.Status == entry["status"]!.GetValue<int>(), $"{entry["call"]}.{entry["name"]}: {answer.Status} {answer.Text}");
            entry["answer"] = WithoutSecrets(answer.Value);
        }

        await File.WriteAllTextAsync(path, story.ToJsonString(Pretty) + "\n");
    }
}
