using System.Collections;
using System.CommandLine;
using Kopeck.Cli.Settings;
using Kopeck.Engine.Storage;

namespace Kopeck.Cli;

/// <summary>The <c>kopeck</c> command.</summary>
static class Program
{
    static async Task<int> Main(string[] arguments)
    {
        var result = CommandTree.Build().Parse(arguments);
        // No termination timeout: the parser's own handler would end a server 2 s after SIGTERM, with requests in flight.
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return result.Errors.Count > 0 ? await UsageAsync(result) : await result.InvokeAsync(invocation);
        }
        catch (UsageException exception)
        {
            return Say(exception.Message, ExitCodes.Usage);
        }
        catch (StorageUnavailableException exception)
        {
            return Say(exception.Message, ExitCodes.Unavailable);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Say(exception.Message, ExitCodes.Failed);
        }
    }

    /// <summary>The environment's variables.</summary>
    public static IReadOnlyDictionary<string, string> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Where(entry => entry.Value is string).ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);

    static async Task<int> UsageAsync(ParseResult result)
    {
        await result.InvokeAsync();
        return ExitCodes.Usage;
    }

    static int Say(string message, int code)
    {
        Console.Error.WriteLine($"kopeck: {message}");
        return code;
    }
}
