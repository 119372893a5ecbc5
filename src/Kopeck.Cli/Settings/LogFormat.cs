namespace Kopeck.Cli.Settings;

/// <summary>What a line of the log looks like.</summary>
enum LogFormat
{
    Text,
    Json,
}
