namespace Kopeck.Testing;

/// <summary>Programs that tests need, installed when they are absent.</summary>
public static class Packages
{
    // The package's own server is neither made nor started: the tests start theirs. Several test processes may find the same package absent.
    const string Install = """
        exec 9>"${TMPDIR:-/tmp}/kopeck-testing-install.lock"; flock 9
        export DEBIAN_FRONTEND=noninteractive
        mkdir -p /etc/postgresql-common
        [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
        policy=/usr/sbin/policy-rc.d
        if [ ! -e $policy ]; then printf '#!/bin/sh\nexit 101\n' >$policy; chmod +x $policy; trap 'rm -f $policy' EXIT; fi
        install() { apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=300 "$1"; }
        install "$1" || { apt-get update -qq && install "$1"; }
        """;

    /// <summary>A program's path; installs its Debian package when there is none, or says what to install.</summary>
    public static string Program(string package, Func<string?> find)
    {
        if (find() is { } found)
            return found;
        if (!Shell.IsRoot || !File.Exists("/usr/bin/apt-get"))
            throw new InvalidOperationException($"The tests need {package}, which is not installed, and only root can install it: apt-get install {package}");
        var result = Shell.Try("/bin/sh", null, "-c", Install, "install", package);
        return find() ?? throw new InvalidOperationException($"apt-get could not install {package}: {result.Errors}");
    }
}
