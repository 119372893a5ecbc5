using System.Text.Json.Nodes;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Kopeck.Server.Tests.Tokens;

/// <summary>An issuer on a port of its own, whose keys and answers a test changes, and which counts who asks.</summary>
sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "kopeck";

    readonly WebApplication app;
    int documents;
    int sets;

    TestIssuer(WebApplication app) => this.app = app;

    public string Name => app.Urls.First();

    /// <summary>What its document says that it is called; null for what it is.</summary>
    public string? Claimed { get; set; }

    /// <summary>The keys that it tells.</summary>
    public List<JsonObject> Keys { get; } = [];

    /// <summary>Whether it answers.</summary>
    public bool IsAway { get; set; }

    /// <summary>How often it was asked for its document.</summary>
    public int Documents => Volatile.Read(ref documents);

    /// <summary>How often it was asked for its keys.</summary>
    public int Sets => Volatile.Read(ref sets);

    public static async Task<TestIssuer> StartAsync(params SigningKey[] keys)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var issuer = new TestIssuer(builder.Build());
        issuer.Keys.AddRange(keys.Select(key => key.Told()));
        issuer.app.Run(issuer.AnswerAsync);
        await issuer.app.StartAsync(TestContext.Current.CancellationToken);
        return issuer;
    }

    /// <summary>The settings of a server that takes its tokens for a book: the claim <c>roles</c> says what they allow.</summary>
    public IssuerOptions Options(params BookName[] books) => new()
    {
        Issuer = Name,
        Audiences = [Audience],
        Claim = ["roles"],
        Grants =
        [
            .. books.SelectMany(book => new[]
            {
                new TokenGrant($"{book}-reader", book, Scopes.Read), new TokenGrant($"{book}-cashier", book, Scopes.Cash),
                new TokenGrant($"{book}-admin", book, Scopes.Admin),
            })
        ],
    };

    /// <summary>A token as it should be, but for what a test changes.</summary>
    public string Token(SigningKey key, string[] roles, Action<JsonObject>? change = null, Action<JsonObject>? header = null)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var payload = new JsonObject
        {
            ["iss"] = Name,
            ["sub"] = "ada.lovelace@example.org",
            ["aud"] = Audience,
            ["iat"] = now,
            ["exp"] = now + 600,
            ["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]),
        };
        change?.Invoke(payload);
        var head = new JsonObject { ["alg"] = key.Algorithm, ["typ"] = "at+jwt", ["kid"] = key.Id };
        header?.Invoke(head);
        return key.Sign(head.ToJsonString(), payload.ToJsonString());
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    async Task AnswerAsync(HttpContext http)
    {
        var isDocument = http.Request.Path == "/.well-known/openid-configuration";
        if (isDocument)
            Interlocked.Increment(ref documents);
        else
            Interlocked.Increment(ref sets);
        if (IsAway)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var answer = isDocument
            ? new JsonObject { ["issuer"] = Claimed ?? Name, ["jwks_uri"] = Name + "/keys" }
            : new JsonObject { ["keys"] = new JsonArray([.. Keys.Select(key => key.DeepClone())]) };
        await http.Response.WriteAsync(answer.ToJsonString(), http.RequestAborted);
    }
}
