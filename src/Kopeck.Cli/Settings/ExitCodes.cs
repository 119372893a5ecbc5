namespace Kopeck.Cli.Settings;

/// <summary>What scripts can trust. See docs/cli.md.</summary>
static class ExitCodes
{
    public const int Done = 0;

    /// <summary>
    /// It was tried and failed: something is wrong in a book, an import was refused, an item of a submission was rejected.
    /// </summary>
    public const int Failed = 1;

    /// <summary>The command line or a setting is wrong; nothing was tried.</summary>
    public const int Usage = 2;

    /// <summary>The database cannot be used now.</summary>
    public const int Unavailable = 3;
}
