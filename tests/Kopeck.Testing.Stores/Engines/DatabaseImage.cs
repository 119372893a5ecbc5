namespace Kopeck.Testing.Stores.Engines;

/// <summary>A database as it was at one moment, which tests take copies of. It goes away with the test process.</summary>
public abstract class DatabaseImage
{
    /// <summary>A copy of a test's own.</summary>
    public abstract Task<TestDatabase> CopyAsync();
}
