namespace Kopeck.Engine.Storage;

/// <summary>This node's clock is wrong: nothing is written until it is set right.</summary>
public sealed class ClockSkewException(string message) : StorageUnavailableException(message);
