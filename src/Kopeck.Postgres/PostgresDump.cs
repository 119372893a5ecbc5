using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Kopeck.Engine.Storage;
using Npgsql;

namespace Kopeck.Postgres;

/// <summary>Backups by PostgreSQL's own programs, <c>pg_dump</c> and <c>pg_restore</c>.</summary>
static class PostgresDump
{
    public static async Task BackupAsync(NpgsqlConnectionStringBuilder address, string target, bool overwrite)
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

            await RunAsync("pg_dump", address, "--format=custom", "--no-owner", "--file", temporary).ConfigureAwait(false);
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

    public static Task RestoreAsync(NpgsqlConnectionStringBuilder address, string source) =>
        RunAsync("pg_restore", address, "--exit-on-error", "--single-transaction", "--no-owner", "--dbname", address.Database!, source);

    static async Task RunAsync(string program, NpgsqlConnectionStringBuilder address, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, UseShellExecute = false };
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
            var errors = await process.StandardError.ReadToEndAsync().ConfigureAwait(false);
            await process.WaitForExitAsync().ConfigureAwait(false);
            if (process.ExitCode != 0)
                throw new StorageUnavailableException($"{program} failed: {errors.Trim()}");
        }
        catch (Win32Exception exception)
        {
            throw new StorageUnavailableException(
                $"{program} is missing: install PostgreSQL's client programs (postgresql-client)", exception);
        }
    }
}
