using System.Globalization;

namespace Kopeck.Testing;

/// <summary>PostgreSQL's own programs, which refuse to run as root.</summary>
static class PostgresPrograms
{
    const string User = "postgres";

    static readonly string[] Roots = ["/usr/lib/postgresql", "/usr/local/pgsql", "/opt/postgresql"];

    static readonly Lazy<string> Folder = new(() => Path.GetDirectoryName(Packages.Program("postgresql", Find))!);

    /// <summary>
    /// How a program is started: as an unprivileged user where this is root. The process is the program's own: nothing stands between.
    /// </summary>
    public static (string Program, string[] Arguments) Command(string name, params string[] arguments)
    {
        var program = Path.Combine(Folder.Value, name);
        return Shell.IsRoot
            ? ("setpriv", ["--reuid=" + User, "--regid=" + User, "--clear-groups", "--inh-caps=-all", program, .. arguments])
            : (program, arguments);
    }

    /// <summary>Runs a program to its end.</summary>
    public static void Run(string name, params string[] arguments) => Run(name, null, arguments);

    /// <inheritdoc cref="Run(string, string[])"/>
    public static void Run(string name, string? password, string[] arguments)
    {
        var (program, all) = Command(name, arguments);
        var result = Shell.Try(program, null, all, password is null ? null : new Dictionary<string, string> { ["PGPASSWORD"] = password });
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{name}: {result.ExitCode} {result.Output} {result.Errors}");
    }

    /// <summary>Gives a folder to the user that PostgreSQL runs as.</summary>
    public static void Give(string folder)
    {
        _ = Folder.Value;
        if (Shell.IsRoot)
            Shell.Run("chown", "-R", User + ":", folder);
    }

    static string? Find() => Roots
        .Where(Directory.Exists)
        .SelectMany(root => Directory.GetDirectories(root).Append(root))
        .OrderByDescending(
            folder =>
                int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0)
        .Select(folder => Path.Combine(folder, "bin", "initdb"))
        .FirstOrDefault(File.Exists);
}
