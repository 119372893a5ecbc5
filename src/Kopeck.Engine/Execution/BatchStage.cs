namespace Kopeck.Engine.Execution;

/// <summary>How far a batch is on its way to a commit when its turn comes: what is left to do of it.</summary>
enum BatchStage
{
    /// <summary>Its commands wait: what they need is looked up, then they are decided.</summary>
    Gathered,

    /// <summary>What its commands need was looked up while the batch before was being written: they are decided.</summary>
    Prefetched,

    /// <summary>All of it was decided while the batch before was being written: it is written.</summary>
    Decided,
}
