namespace Kopeck.Engine.Execution;

/// <summary>
/// Whether keys are looked up before a batch is decided. In a remote store new ones are left to the commit to refuse, until one turns out
/// to be used: then all are looked up for some batches.
/// </summary>
sealed class KeyChecking(bool isStoreRemote, int batches)
{
    int left;

    public bool IsOn => !isStoreRemote || left > 0;

    /// <summary>Whether it is on for a batch that starts.</summary>
    public bool Next()
    {
        var isOn = IsOn;
        left = Math.Max(0, left - 1);
        return isOn;
    }

    /// <summary>A key that was taken as new was not.</summary>
    public void FoundUsed() => left = batches;
}
