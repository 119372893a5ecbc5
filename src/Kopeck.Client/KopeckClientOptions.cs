namespace Kopeck.Client;

/// <summary>Where the ledger is and how it is called.</summary>
public sealed class KopeckClientOptions
{
    // As little as the platform takes.
    static readonly TimeSpan LeastKeepAlive = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The server's gRPC address, such as <c>https://ledger.example:5081</c>. Plain <c>http</c> only to this machine, unless
    /// <see cref="AllowPlainText"/>.
    /// </summary>
    public Uri Address { get; set; } = new("http://127.0.0.1:5081");

    /// <summary>The API key, <c>kopeck_...</c>. Required.</summary>
    public string Key { get; set; } = "";

    /// <summary>Whether the key may travel unencrypted to another machine.</summary>
    public bool AllowPlainText { get; set; }

    /// <summary>How long a call may take in all, with its retries, where the caller sets no deadline. Streams have none.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often a call that is safe to repeat is tried again when the server cannot be reached or asks to come back later. 0 is never.
    /// </summary>
    public int Retries { get; set; } = 5;

    /// <summary>The wait before the first retry; it doubles from try to try, with jitter.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest wait between tries.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Whether requests that change something get a fresh idempotency key where the caller gave none. Without a key such a call is not
    /// tried again.
    /// </summary>
    public bool AutomaticKeys { get; set; } = true;

    /// <summary>How long a connection may take to be made.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>After how long a silence a connection is asked whether it is alive, also while nothing is called; at least 1 s.</summary>
    public TimeSpan KeepAliveDelay { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long a connection may take to show that it is alive before it is given up, so that calls are tried again on another one and
    /// <see cref="KopeckClient.WatchAsync"/> goes on; at least 1 s. With <see cref="KeepAliveDelay"/> less than <see cref="Timeout"/>, or a
    /// call has no time left for that.
    /// </summary>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How the channel reaches the server, for instance with certificates of one's own; if null, one that does as the three options above
    /// say. Not disposed by the client.
    /// </summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>The clock of waits and deadlines.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>
    /// A handler that notices that nobody is at the other end: a connection over which nothing comes any more looks to TCP like one on
    /// which nothing happens.
    /// </summary>
    internal SocketsHttpHandler MakeHandler() => new()
    {
        ConnectTimeout = ConnectTimeout,
        KeepAlivePingDelay = KeepAliveDelay,
        KeepAlivePingTimeout = KeepAliveTimeout,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
        EnableMultipleHttp2Connections = true,
    };

    /// <summary>Why these cannot be used; null when they can.</summary>
    internal string? FindProblem() => this switch
    {
        { Key: var key } when string.IsNullOrWhiteSpace(key) => "An API key is needed: set Key",
        { Address: var address } when !address.IsAbsoluteUri
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps) =>
            $"{address} is no http or https address",
        { Address: var address, AllowPlainText: false } when address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback =>
            $"The key would travel unencrypted to {address.Host}: use https, or set AllowPlainText where the network is trusted",
        { Retries: < 0 } => "Retries is not negative",
        { Timeout.Ticks: <= 0 } => "Timeout is more than nothing",
        { RetryDelay: var first, MaxRetryDelay: var most } when first < TimeSpan.Zero || most < first =>
            "RetryDelay is not negative, and not more than MaxRetryDelay",
        { ConnectTimeout.Ticks: <= 0 } => "ConnectTimeout is more than nothing",
        { KeepAliveDelay: var delay, KeepAliveTimeout: var timeout } when delay < LeastKeepAlive || timeout < LeastKeepAlive =>
            "KeepAliveDelay and KeepAliveTimeout are at least a second",
        _ => null,
    };
}
