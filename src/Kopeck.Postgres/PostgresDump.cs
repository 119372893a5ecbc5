using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Npgsql;

namespace Kopeck.Postgres;

/// <summary>
/// Backups by PostgreSQL's own programs, <c>pg_dump</c> and <c>pg_restore</c>: the ledger's own tables alone, so that whoever owns a
/// database can restore one into it, whatever extensions and rights there were beside them.
/// </summary>
static partial class PostgresDump
{
    /// <summary>Copies the ledger's tables to a file.</summary>
    /// <param name="schema">Where they are.</param>
    public static async Task BackupAsync(NpgsqlConnectionStringBuilder address, string schema, string target, bool overwrite)
    {
        target = Path.GetFullPath(target);
        if (File.Exists(target) && !overwrite)
            throw new IOException($"{target} exists: name another file, or overwrite it with --force");
        var temporary = target + ".part";
        try
        {
            File.Delete(temporary);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using (new FileStream(temporary, options))
            {
            }

            var tables = Tables.All.Select(table => $"--table={Quote(schema)}.{Quote(table)}");
            await RunAsync(
                "pg_dump", address,
                ["--format=custom", "--no-owner", "--no-tablespaces", "--strict-names", .. tables, "--file", temporary])
                .ConfigureAwait(false);
            File.Move(temporary, target, overwrite);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Reads a backup from its first to its last byte, into nothing.</summary>
    public static async Task RequireReadableAsync(NpgsqlConnectionStringBuilder address, string source)
    {
        if (!File.Exists(source))
            throw new IOException($"There is no file {source}");
        await RunAsync("pg_restore", address, "--file", OperatingSystem.IsWindows() ? "NUL" : "/dev/null", source).ConfigureAwait(false);
    }

    /// <summary>The schema that a backup's tables are in.</summary>
    /// <exception cref="StorageUnavailableException">It is no backup of a ledger.</exception>
    public static async Task<string> ReadSchemaAsync(NpgsqlConnectionStringBuilder address, string source) =>
        TableOfMigrations().Match(await RunAsync("pg_restore", address, "--list", source).ConfigureAwait(false))
            is { Success: true, Groups: var groups }
            ? groups["schema"].Value
            : throw new StorageUnavailableException($"{source} is no backup of a ledger: it has no table schema_migrations");

    /// <summary>Puts a backup's tables into a database, all or none, whose schema is there.</summary>
    /// <returns>What could not be given of other roles' rights on the tables; null where nothing is missing.</returns>
    public static async Task<string?> RestoreAsync(NpgsqlConnectionStringBuilder address, string source)
    {
        var parts = (await RunAsync("pg_restore", address, "--list", source).ConfigureAwait(false)).Split('\n');
        // Backups of before have extensions and schemas in them, too, which an owner may not make or has.
        await RestoreAsync(
            address, source, parts.Where(line => !NotTheLedgers().IsMatch(line)), "--exit-on-error", "--single-transaction",
            "--no-privileges").ConfigureAwait(false);
        var rights = parts.Where(line => Rights().IsMatch(line)).ToList();
        if (rights.Count == 0)
            return null;
        try
        {
            await RestoreAsync(address, source, rights).ConfigureAwait(false);
            return null;
        }
        catch (StorageUnavailableException exception)
        {
            // Of roles that are not here, as a rule: the tables are whole without them.
            return exception.Message.Split('\n').FirstOrDefault(line => line.Contains("error:", StringComparison.Ordinal))
                ?? exception.Message.Split('\n')[0];
        }
    }

    static async Task RestoreAsync(
        NpgsqlConnectionStringBuilder address, string source, IEnumerable<string> parts, params string[] arguments)
    {
        var list = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(list, parts).ConfigureAwait(false);
            await RunAsync(
                "pg_restore", address,
                [.. arguments, "--no-owner", "--no-tablespaces", "--use-list", list, "--dbname", address.Database!, source])
                .ConfigureAwait(false);
        }
        finally
        {
            File.Delete(list);
        }
    }

    static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static async Task<string> RunAsync(string program, NpgsqlConnectionStringBuilder address, params string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // By environment, so that no secret is in the list of processes.
        var hosts = PostgresHosts.Of(address);
        start.Environment["PGHOST"] = string.Join(',', hosts.Select(each => each.Host));
        start.Environment["PGPORT"] = string.Join(',', hosts.Select(each => each.Port.ToString(CultureInfo.InvariantCulture)));
        // Of several the one that takes writes, as for the ledger itself.
        if (address.TargetSessionAttributes is { Length: > 0 } target)
            start.Environment["PGTARGETSESSIONATTRS"] = target.ToLowerInvariant();
        else if (hosts.Count > 1)
            start.Environment["PGTARGETSESSIONATTRS"] = "read-write";
        start.Environment["PGDATABASE"] = address.Database;
        if (address.Username is { } user)
            start.Environment["PGUSER"] = user;
        if (address.Password is { } password)
            start.Environment["PGPASSWORD"] = password;
        if (address.Passfile is { } passfile)
            start.Environment["PGPASSFILE"] = passfile;
        start.Environment["PGSSLMODE"] = address.SslMode switch
        {
            SslMode.VerifyCA => "verify-ca",
            SslMode.VerifyFull => "verify-full",
            var mode => mode.ToString().ToLowerInvariant(),
        };
        if (address.RootCertificate is { } root)
            start.Environment["PGSSLROOTCERT"] = root;
        if (address.SslCertificate is { } certificate)
            start.Environment["PGSSLCERT"] = certificate;
        if (address.SslKey is { } key)
            start.Environment["PGSSLKEY"] = key;
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = await process.StandardError.ReadToEndAsync().ConfigureAwait(false);
            await process.WaitForExitAsync().ConfigureAwait(false);
            return process.ExitCode == 0
                ? await output.ConfigureAwait(false)
                : throw new StorageUnavailableException($"{program} failed: {errors.Trim()}");
        }
        catch (Win32Exception exception)
        {
            throw new StorageUnavailableException(
                $"{program} is missing: install PostgreSQL's client programs (postgresql-client)", exception);
        }
    }

    [GeneratedRegex("^\\d+; \\d+ \\d+ TABLE (?<schema>.+) schema_migrations ", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex TableOfMigrations();

    [GeneratedRegex("^\\d+; \\d+ \\d+ (COMMENT - )?(EXTENSION|SCHEMA) ", RegexOptions.ExplicitCapture)]
    private static partial Regex NotTheLedgers();

    [GeneratedRegex("^\\d+; \\d+ \\d+ ACL .* TABLE ", RegexOptions.ExplicitCapture)]
    private static partial Regex Rights();
}
