namespace Kopeck.Engine.Storage;

/// <summary>A row of <c>customer_changes</c>.</summary>
public readonly record struct CustomerChangeRow(long Customer, long Number);
