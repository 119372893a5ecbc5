using Kopeck.Api;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.State;
using Kopeck.Server.Tokens;
using Kopeck.Statements.Writing;

namespace Kopeck.Server.Hosting;

/// <summary>The server's settings.</summary>
public sealed record ServerOptions
{
    /// <summary>Where HTTP listens, such as <c>http://127.0.0.1:5080</c>.</summary>
    public Uri Http { get; init; } = new("http://127.0.0.1:5080");

    /// <summary>Where gRPC listens, such as <c>http://127.0.0.1:5081</c>.</summary>
    public Uri Grpc { get; init; } = new("http://127.0.0.1:5081");

    /// <summary>The base currency of books that are opened without naming one.</summary>
    public required Currency BaseCurrency { get; init; }

    /// <summary>The terms of books that are opened without naming them.</summary>
    public BookTerms Terms { get; init; } = new(7, BookTerms.Utc);

    /// <summary>What the house puts above its statements.</summary>
    public Letterheads Letterheads { get; init; } = Letterheads.None;

    /// <summary>What the calls need to know of it.</summary>
    internal ApiOptions Api => new() { BaseCurrency = BaseCurrency, Terms = Terms, Letterheads = Letterheads };

    /// <summary>
    /// How often a key may ask, and an address without a valid key, on all interfaces together; null is no limit. Not disposed.
    /// </summary>
    public RateLimits? Limits { get; init; }

    /// <summary>Whose tokens are taken in the place of API keys, on all interfaces; null is nobody's. Not disposed.</summary>
    public BearerTokens? Tokens { get; init; }

    /// <summary>What is measured, on all interfaces together. Not disposed.</summary>
    public ServerMetrics Metrics { get; init; } = new();

    /// <summary>Whether each request has its line in the log.</summary>
    public bool LogRequests { get; init; } = true;

    /// <summary>What each key may make the server hold, on all interfaces together.</summary>
    public KeyShares Shares { get; init; } = new();

    /// <summary>
    /// Where metrics and health are served by a listener of their own, without a key; <c>/metrics</c> is not served elsewhere then. Null:
    /// nowhere.
    /// </summary>
    public Uri? Admin { get; init; }

    /// <summary>Whose word is taken for where requests came from; null: nobody's.</summary>
    public TrustedProxies? Proxies { get; init; }

    /// <summary>The certificates of addresses that are https; needed where one is.</summary>
    public Certificates? Certificates { get; init; }

    /// <summary>Whether <c>/metrics</c> answers others than this machine.</summary>
    public bool AreMetricsPublic { get; init; }

    /// <summary>Whether the web console is served under <c>/console/</c>.</summary>
    public bool HasConsole { get; init; } = true;
}
