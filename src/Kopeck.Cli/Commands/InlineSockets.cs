namespace Kopeck.Cli.Commands;

/// <summary>
/// Work goes on where a socket's data arrive, without a hand-over to another thread: that costs more than the rest of a short request, on
/// few cores most of all. For commands in which nothing waits for a socket by blocking its thread.
/// </summary>
static class InlineSockets
{
    // .NET reads it once, before it opens the first socket.
    const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Before the first socket; the user's own setting stays.</summary>
    public static void Enable()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
            Environment.SetEnvironmentVariable(Variable, "1");
    }
}
