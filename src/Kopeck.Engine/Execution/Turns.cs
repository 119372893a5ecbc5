namespace Kopeck.Engine.Execution;

/// <summary>
/// Nodes that compete for a book take turns by its lock, where locks are fair: for so many batches after another node last wrote.
/// </summary>
sealed class Turns(int batches)
{
    int left;

    public bool AreTaken => left > 0;

    /// <summary>Whether the next batch takes the lock first.</summary>
    public bool Next()
    {
        if (left == 0)
            return false;
        left--;
        return true;
    }

    /// <summary>Another node writes, too.</summary>
    public void SawOther() => left = batches;
}
