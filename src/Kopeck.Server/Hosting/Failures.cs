using Kopeck.Api;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Errors;

namespace Kopeck.Server.Hosting;

/// <summary>What is told and logged when a call breaks, whatever the interface.</summary>
sealed class Failures(ILogger logger)
{
    int replacedAnswers;

    /// <summary>The refusal that an exception becomes.</summary>
    public Rejection Explain(Exception exception, string method, string route)
    {
        if (exception is StorageUnavailableException unavailable)
        {
            // Also where no book sees it, as when a key is looked up: loudly, but not once a request.
            if (exception is StorageReplacedException && Interlocked.Increment(ref replacedAnswers) == 1)
                logger.DatabaseReplaced(exception.Message);
            return Refusals.Unavailable(unavailable);
        }

        logger.RequestBroken(exception, method, route);
        return new Rejection(ErrorCode.Internal, "Something went wrong here; it was logged");
    }
}
