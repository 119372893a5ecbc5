using Kopeck.Engine.Storage;
using Kopeck.Ledger.Commands;

namespace Kopeck.Engine.Execution;

/// <summary>What a batch needs to know before it is decided.</summary>
static class BatchNeeds
{
    /// <param name="withKeys">Whether requests' own keys are looked up; keys of batches always are.</param>
    public static Needs Of(List<Submission> batch, bool withKeys)
    {
        var needs = new Needs();
        foreach (var submission in batch)
        {
            if (submission.BatchKey is { } batchKey)
                needs.Keys.Add(batchKey);
            foreach (var item in submission.Items)
            {
                item.Command?.CollectNeeds(needs);
                if (withKeys && item.KeyDigest is { } key)
                    needs.Keys.Add(key);
            }
        }

        return needs;
    }
}

/// <summary>What was looked up in advance; null when nothing had to be.</summary>
/// <param name="HasKeys">Whether requests' keys were looked up, too.</param>
sealed record LookAhead(Needs Needs, Found? Found, bool HasKeys);
