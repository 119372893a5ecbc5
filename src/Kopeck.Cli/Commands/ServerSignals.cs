using System.Runtime.InteropServices;

namespace Kopeck.Cli.Commands;

/// <summary>
/// What signals do to a server. SIGTERM, SIGINT and SIGQUIT let it finish what is in flight; those by which log rotation and closed
/// terminals are told, which would end the process at once, are passed over.
/// </summary>
sealed class ServerSignals : IDisposable
{
    // Raw numbers of Linux: .NET has no names for them.
    const PosixSignal User1 = (PosixSignal)10;
    const PosixSignal User2 = (PosixSignal)12;

    readonly List<PosixSignalRegistration> registrations = [];

    public ServerSignals(Action stop)
    {
        foreach (var ending in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
            Register(ending, stop);
        Register(PosixSignal.SIGHUP, () => { });
        if (!OperatingSystem.IsLinux())
            return;
        Register(User1, () => { });
        Register(User2, () => { });
    }

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
    }

    void Register(PosixSignal signal, Action act) => registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        act();
    }));
}
