using Microsoft.Extensions.Logging;

namespace Kopeck.TestHost;

/// <summary>What a test may want otherwise.</summary>
public sealed record TestServerOptions
{
    /// <summary>The base currency of the book <c>main</c>, and of books that are opened without naming one.</summary>
    public string BaseCurrency { get; init; } = "EUR";

    /// <summary>For how many days a quote may be used.</summary>
    public int QuoteMaxAgeDays { get; init; } = 7;

    /// <summary>The ledger's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the server logs to; nowhere if left out.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }
}
