using System.Runtime.InteropServices;
using System.Text;

namespace Kopeck.Cli;

/// <summary>
/// How much is allocated between two collections. Where a virtual machine tells no cache sizes the runtime takes 256 KB, and collects all
/// the time; it reads this setting from the environment alone, before the first line of a program runs. So a server starts itself once
/// more.
/// </summary>
static partial class YoungGeneration
{
    const string Variable = "DOTNET_GCgen0size";
    const string Bytes = "0x1000000";
    const string Itself = "/proc/self/exe";

    /// <summary>
    /// Starts this process's program anew with the setting, in the same process; does nothing where it is set or cannot be.
    /// </summary>
    public static void Set()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable(Variable) is not null || !File.Exists("/proc/self/cmdline"))
            return;
        var arguments = Split(File.ReadAllBytes("/proc/self/cmdline"));
        Environment.SetEnvironmentVariable(Variable, Bytes);
        var variables =
            Environment.GetEnvironmentVariables().Keys.Cast<string>().Select(name => $"{name}={Environment.GetEnvironmentVariable(name)}");
        // Comes back only when it failed: then the program goes on as it is.
        if (arguments.Count > 0 && File.ResolveLinkTarget(Itself, returnFinalTarget: true) is { } program)
        {
            CloseDiagnostics();
            _ = Execute(program.FullName, ToC(arguments), ToC(variables));
        }
    }

    /// <summary>The runtime's socket for diagnostic tools has the process's number in its name: the next program makes its own.</summary>
    static void CloseDiagnostics()
    {
        try
        {
            foreach (var socket in Directory.EnumerateFiles(Path.GetTempPath(), $"dotnet-diagnostic-{Environment.ProcessId}-*-socket"))
                File.Delete(socket);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Then such tools do not see the next one.
        }
    }

    static List<string> Split(ReadOnlySpan<byte> commandLine)
    {
        var arguments = new List<string>();
        while (commandLine.IndexOf((byte)0) is var end and >= 0)
        {
            arguments.Add(Encoding.UTF8.GetString(commandLine[..end]));
            commandLine = commandLine[(end + 1)..];
        }

        return arguments;
    }

    // A list of C ends with nothing; the process's memory is the next program's, so nothing of it is given back.
    static nint[] ToC(IEnumerable<string> texts) => [.. texts.Select(Marshal.StringToCoTaskMemUTF8), 0];

    [LibraryImport("libc", EntryPoint = "execve", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, nint[] arguments, nint[] variables);
}
