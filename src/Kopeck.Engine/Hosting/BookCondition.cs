namespace Kopeck.Engine.Hosting;

/// <summary>What a book does on this node.</summary>
public enum BookCondition
{
    /// <summary>Nothing is written to it, and nothing of it is in memory.</summary>
    Resting,

    /// <summary>Its executor works, or waits for commands.</summary>
    Running,

    /// <summary>Its executor broke again and again; another one starts after a pause.</summary>
    Restarting,

    /// <summary>The store does not hold what this node acknowledged: nothing is written or read until the node is restarted.</summary>
    Stopped,
}
