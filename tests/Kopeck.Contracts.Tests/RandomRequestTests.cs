using Kopeck.Testing.Contracts;

namespace Kopeck.Contracts.Tests;

/// <summary>
/// Two thousand requests that know nothing but the document: what it allows is at the most refused for what it says in words.
/// </summary>
public sealed class RandomRequestTests
{
    const int Requests = 2_000;

    // Nothing that the document allows is answered so.
    static readonly HashSet<string> Formal = new(StringComparer.Ordinal)
    {
        "malformed_request", "invalid_key", "key_required", "unauthorized", "forbidden", "route_not_found", "method_not_allowed",
        "unsupported_media_type", "too_large", "internal", "key_reused",
    };

    // What words of the document say and its schemas cannot.
    static readonly HashSet<string> Worded = new(StringComparer.Ordinal)
    {
        "not_positive", "too_many_decimals", "too_large", "date_too_late", "excluded", "required", "not_later", "out_of_range",
        "less_than_amount", "bad_value", "in_the_future", "before_since", "legs_needed", "unknown_leg", "not_more", "twice", "bad_date",
        "unknown_format", "base_not_in_feed", "empty_feed", "malformed_feed", "bad_rate", "base_currency", "not_an_instant",
        "in_the_past",
    };

    [Theory]
    [InlineData(15)]
    [InlineData(81)]
    public async Task Random_requests_of_the_document_are_never_a_5xx_and_are_refused_for_what_it_says(int seed)
    {
        await using var server = await LedgerServer.StartAsync();
        foreach (var example in ExampleStory.Read(ApiDocument.Committed))
            await server.SendAsync(
                example.Operation.Method, example.Target, example.Body, example.Key,
                example.IsOperators ? server.OperatorKey : server.AdminKey);
        var requests = new RandomRequests(ApiDocument.Committed, seed);
        var done = 0;
        for (var count = 0; count < Requests / 2; count++)
        {
            var request = requests.Next();
            var answer = await server.SendAsync(
                request.Operation.Method, request.Target, request.Body, request.Key,
                request.Operation.Scope == "operator" ? server.OperatorKey : server.AdminKey);
            Assert.True(answer.Status < 500, $"{request} is answered with {answer.Status} {answer.Text}");
            done += answer.Status < 300 ? 1 : 0;
            if (request.IsValid)
                AssertWorded(request, answer);
        }

        Assert.True(server.Contract.Count > Requests / 2);
        // Otherwise nothing but refusals would have been looked at.
        Assert.InRange(done, Requests / 8, Requests / 2);
    }

    static void AssertWorded(RandomRequest request, Answer answer)
    {
        if (answer.Status < 400)
            return;
        Assert.False(Formal.Contains(answer.Json["code"]!.GetValue<string>()), $"{request} is answered with {answer.Status} {answer.Text}");
        foreach (var error in answer.Json["errors"]?.AsArray() ?? [])
            Assert.True(
                Worded.Contains(error!["code"]!.GetValue<string>()), $"{request} is answered with {answer.Status} {answer.Text}");
    }
}
