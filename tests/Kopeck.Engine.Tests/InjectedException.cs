namespace Kopeck.Engine.Tests;

/// <summary>A bug that a test put there.</summary>
sealed class InjectedException() : InvalidOperationException("injected");
