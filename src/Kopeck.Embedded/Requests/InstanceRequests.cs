namespace Kopeck.Embedded;

/// <summary>An API key to make, for a server on the same database.</summary>
/// <param name="Name">The actor of what it does.</param>
/// <param name="Scopes">Words: <c>read</c>, <c>transfer</c>, <c>cash</c>, <c>quotes</c>, <c>admin</c>.</param>
public sealed record KeyRequest(string? Name, params IReadOnlyList<string> Scopes) : CallOptions;

/// <summary>A book to open.</summary>
/// <param name="BaseCurrency">What quotes are in; the options' if left out.</param>
/// <param name="QuoteMaxAgeDays">For how many days a quote may be used; the options' if left out.</param>
public sealed record BookRequest(string? Name, string? BaseCurrency = null, int? QuoteMaxAgeDays = null) : CallOptions;
