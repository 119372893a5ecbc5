using Kopeck.Engine.Storage;
using Kopeck.Ledger.Reference;
using Kopeck.Postgres;
using Kopeck.Postgres.Connections;
using Kopeck.Postgres.Distribution;
using Kopeck.Sqlite;
using Npgsql;

namespace Kopeck.Cli.Settings;

/// <summary>Which database the program works with.</summary>
sealed record DatabaseSetting
{
    const string Sqlite = "sqlite:";

    readonly NpgsqlConnectionStringBuilder? postgres;
    readonly NpgsqlConnectionStringBuilder? reads;
    readonly bool allowUnsafeStorage;
    readonly ServerNames names;

    DatabaseSetting(
        string? path, NpgsqlConnectionStringBuilder? postgres, NpgsqlConnectionStringBuilder? reads, bool allowUnsafeStorage,
        ServerNames names)
    {
        SqlitePath = path;
        this.postgres = postgres;
        this.reads = reads;
        this.allowUnsafeStorage = allowUnsafeStorage;
        this.names = names;
    }

    /// <summary>The file, where it is SQLite.</summary>
    public string? SqlitePath { get; }

    /// <summary>Where it is, for people; without secrets.</summary>
    public string Description => SqlitePath ?? PostgresAddress.Describe(postgres!);

    /// <summary>The same as an option that can be typed again; a password is left out.</summary>
    public string Option =>
        SqlitePath is { } path
            ? $"--database sqlite:{Path.GetRelativePath(Environment.CurrentDirectory, path)}"
            : $"--database \"{Description}\"";

    /// <summary>Where files that belong to the database are kept.</summary>
    public string Folder => SqlitePath is { } path ? Path.GetDirectoryName(path)! : Environment.CurrentDirectory;

    /// <summary>A name for files that belong to the database.</summary>
    public string Name => SqlitePath is { } path ? Path.GetFileNameWithoutExtension(path) : postgres!.Database!;

    /// <summary>
    /// Reads KOPECK_DATABASE, KOPECK_READS and KOPECK_SERVER_NAMES. What is said of a wrong value never shows a password.
    /// </summary>
    public static DatabaseSetting Read(string text, bool allowUnsafeStorage, string reads, string serverNames)
    {
        if (!ServerNames.TryParse(serverNames, out var names))
            throw ProgramSettings.Wrong(
                "KOPECK_SERVER_NAMES", serverNames, "use THEIR-HOST:PORT=HOST:PORT, such as worker1:5432=203.0.113.7:5433, separated by commas");
        if (text.StartsWith(Sqlite, StringComparison.Ordinal) && text.Length > Sqlite.Length)
            return reads.Length == 0
                ? new DatabaseSetting(Path.GetFullPath(text[Sqlite.Length..]), null, null, allowUnsafeStorage, names)
                : throw new UsageException("KOPECK_READS: only a PostgreSQL database has a standby: leave it out");
        if (!PostgresAddress.IsPostgres(text))
            throw new UsageException(
                $"KOPECK_DATABASE{Shown(text)}: use sqlite:PATH, such as sqlite:kopeck.db, or postgres://user:password@host:port/database, or Npgsql's Host=...;Database=...");
        return new DatabaseSetting(
            null, Postgres("KOPECK_DATABASE", text, isForReads: false),
            reads.Length == 0 ? null : Postgres("KOPECK_READS", reads, isForReads: true), allowUnsafeStorage, names);
    }

    static NpgsqlConnectionStringBuilder Postgres(string name, string text, bool isForReads)
    {
        if (!PostgresAddress.IsPostgres(text))
            throw new UsageException(
                $"{name}{Shown(text)}: use postgres://user:password@host:port/database, or Npgsql's Host=...;Database=...");
        return PostgresAddress.TryParse(text, out var settings, out var problem, isForReads)
            ? settings
            : throw new UsageException(
                $"{name}: {problem}: use postgres://user:password@host:port/database, or Npgsql's Host=...;Database=...");
    }

    // Only what can have no password in it.
    static string Shown(string text) => text.AsSpan().ContainsAny('@', '=', ':') ? "" : $" is \"{text}\"";

    /// <summary>The database; nothing is opened yet. Refused where the machine's texts are not whole.</summary>
    public ILedgerDatabase Open()
    {
        if (MachineTexts.FindProblem() is { } problem)
            throw new UsageException(problem);
        return SqlitePath is { } path ? new SqliteLedgerDatabase(path) : new PostgresDatabase(postgres!, allowUnsafeStorage, reads, names);
    }
}
