using Microsoft.Extensions.Logging;

namespace Kopeck.Redis;

/// <summary>
/// Says in the log whether Redis answers: when that has changed since it was said last, and either way seldom, however often it changes.
/// </summary>
sealed class RedisNews(ILogger logger, string address, TimeProvider time)
{
    // How long the same is not said again.
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    readonly Lock gate = new();
    bool? said;
    long? answersAt;
    long? silentAt;

    public void Answers()
    {
        if (Change(to: true, ref answersAt))
            logger.Answers(address);
    }

    public void DoesNotAnswer(string reason)
    {
        if (Change(to: false, ref silentAt))
            logger.DoesNotAnswer(address, reason);
    }

    bool Change(bool to, ref long? at)
    {
        lock (gate)
        {
            if (said == to || (at is { } last && time.GetElapsedTime(last) < Pause))
                return false;
            said = to;
            at = time.GetTimestamp();
            return true;
        }
    }
}
