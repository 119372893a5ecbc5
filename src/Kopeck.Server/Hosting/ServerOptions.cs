using Kopeck.Api;
using Kopeck.Ledger.Money;
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

    /// <summary>The limit of age of quotes in books that are opened without naming one, in days.</summary>
    public int QuoteMaxAgeDays { get; init; } = 7;

    /// <summary>What the house puts above its statements.</summary>
    public Letterheads Letterheads { get; init; } = Letterheads.None;

    /// <summary>What the calls need to know of it.</summary>
    internal ApiOptions Api => new() { BaseCurrency = BaseCurrency, QuoteMaxAgeDays = QuoteMaxAgeDays, Letterheads = Letterheads };

    /// <summary>
    /// How often a key may ask, and an address without a valid key, on all interfaces together; null is no limit. Not disposed.
    /// </summary>
    public RateLimits? Limits { get; init; }

    /// <summary>Whether <c>/metrics</c> answers others than this machine.</summary>
    public bool AreMetricsPublic { get; init; }

    /// <summary>Whether the web console is served under <c>/console/</c>.</summary>
    public bool HasConsole { get; init; } = true;
}
