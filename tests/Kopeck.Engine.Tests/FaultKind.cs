namespace Kopeck.Engine.Tests;

/// <summary>How a call of the store breaks.</summary>
public enum FaultKind
{
    /// <summary>At once, before it returns a task.</summary>
    AtOnce,

    /// <summary>The task that it returns fails.</summary>
    Later,

    /// <summary>What it was to do it does, and then the task fails.</summary>
    AfterItIsDone,
}
