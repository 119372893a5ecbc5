using System.Collections;
using System.CommandLine;
using System.CommandLine.Parsing;
using Kopeck.Cli.Settings;
using Kopeck.Engine.Storage;

namespace Kopeck.Cli;

/// <summary>The <c>kopeck</c> command.</summary>
static class Program
{
    static async Task<int> Main(string[] arguments)
    {
        var result = CommandTree.Build().Parse(arguments);
        if (result.CommandResult.Command.Name is "serve" or "bench")
            YoungGeneration.Set();
        // No termination timeout: the parser's own handler would end a server 2 s after SIGTERM, with requests in flight.
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return result.Errors.Count > 0 ? Usage(result) : await result.InvokeAsync(invocation);
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
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Where(entry => entry.Value is string)
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);

    // On standard error: standard output is for answers, and may be a file.
    static int Usage(ParseResult result)
    {
        foreach (var error in result.Errors)
            Console.Error.WriteLine($"kopeck: {error.Message}");
        Console.Error.WriteLine($"kopeck: see `{Path(result.CommandResult)} --help`");
        return ExitCodes.Usage;
    }

    static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)} {command.Command.Name}" : "kopeck";

    static int Say(string message, int code)
    {
        Console.Error.WriteLine($"kopeck: {message}");
        return code;
    }
}
