namespace Kopeck.Testing;

/// <summary>Programs that tests need, installed when they are absent.</summary>
public static class Packages
{
    const string LockName = "kopeck-testing-install.lock";

    /// <summary>A program's path; installs its Debian package when there is none, or says what to install.</summary>
    public static string Program(string package, Func<string?> find)
    {
        // A program is there before the package that it is of is set up: what another test installs is waited for.
        if (IsInstalling())
            Shell.Try("/bin/sh", null, "-c", "flock \"${TMPDIR:-/tmp}/$0\" true", LockName);
        if (find() is { } found)
            return found;
        if (!Shell.IsRoot || !File.Exists("/usr/bin/apt-get"))
            throw new InvalidOperationException(
                $"The tests need {package}, which is not installed, and only root can install it: apt-get install {package}");
        var result = Shell.Try(Path.Combine(Shell.Repository, "build", "install-test-packages"), null, package);
        return find() ?? throw new InvalidOperationException($"apt-get could not install {package}: {result.Errors}");
    }

    /// <summary>Whether somebody holds the lock of the script above.</summary>
    static bool IsInstalling()
    {
        try
        {
            using var file =
                new FileStream(Path.Combine(Path.GetTempPath(), LockName), FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
