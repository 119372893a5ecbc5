namespace Kopeck.Engine.Keys;

/// <summary>A key that was just made: the only time that its secret is known.</summary>
public sealed record NewKey(string Secret, ApiKey Key);
