using Grpc.Core;

namespace Kopeck.Client.Calls;

/// <summary>When and after what wait something is tried again.</summary>
sealed class RetryPolicy(KopeckClientOptions options)
{
    public int Retries => options.Retries;

    /// <summary>Whether nothing is wrong with the request itself: the server is away, overloaded or asks for patience.</summary>
    public static bool IsPassing(RpcException exception) =>
        KopeckException.From(exception, null) is var failure && failure.Code switch
        {
            KopeckException.Unreachable =>
                exception.StatusCode is StatusCode.Unavailable || exception.Status.DebugException is HttpRequestException or IOException,
            "storage_unavailable" or "overloaded" or "clock_skew" or "rate_limited" or "issuer_unavailable" => true,
            _ => false,
        };

    /// <summary>Waits before a try.</summary>
    /// <param name="retry">Which retry it is, from 0.</param>
    public Task WaitAsync(int retry, RpcException cause, CancellationToken cancellationToken)
    {
        var delay = options.RetryDelay * Math.Pow(2, Math.Min(retry, 20));
        if (delay > options.MaxRetryDelay)
            delay = options.MaxRetryDelay;
        // Jitter, so that many clients do not come back at the same moment.
#pragma warning disable CA5394 // Nothing depends on nobody guessing it.
        delay *= 0.5 + (Random.Shared.NextDouble() / 2);
#pragma warning restore CA5394
        if (KopeckException.From(cause, null).RetryAfter is { } asked && asked > delay)
            delay = asked > options.MaxRetryDelay ? options.MaxRetryDelay : asked;
        return Task.Delay(delay, options.Time, cancellationToken);
    }
}
