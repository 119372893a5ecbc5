using Kopeck.Ledger.State;

namespace Kopeck.Engine.Execution;

/// <summary>What a batch needs to know before it is decided.</summary>
static class BatchNeeds
{
    /// <param name="withKeys">Whether requests' own keys are looked up; keys of batches always are.</param>
    /// <param name="state">What is known: accounts that are reached through it are added.</param>
    public static Needs Of(List<Submission> batch, bool withKeys, BookState state)
    {
        var needs = new Needs();
        foreach (var submission in batch)
        {
            if (submission.Batch is { } mark)
                needs.Keys.Add(mark.Key);
            foreach (var item in submission.Items)
            {
                item.Command?.CollectNeeds(needs);
                item.Command?.CollectReached(state, needs);
                if (withKeys && item.KeyDigest is { } key)
                    needs.Keys.Add(key);
            }
        }

        needs.Touched.UnionWith(needs.Accounts);
        return needs;
    }
}
