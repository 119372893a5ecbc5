using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Kopeck.Engine.Storage;

/// <summary>A numbered migration.</summary>
public sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>SHA-256 of the statements, wherever they were checked out: recorded in the database that they were applied to.</summary>
    public byte[] Checksum { get; } = SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n")));

    /// <summary>The migrations that an assembly carries for an engine, by version.</summary>
    /// <param name="engine">As in the files' names: <c>0001_initial.sqlite.sql</c>.</param>
    public static IReadOnlyList<Migration> ReadAll(Assembly assembly, string engine)
    {
        var ending = $".{engine}.sql";
        var migrations = new List<Migration>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(ending, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var stem = name[..^ending.Length];
            migrations.Add(new Migration(int.Parse(stem[..4], CultureInfo.InvariantCulture), stem[5..], reader.ReadToEnd()));
        }

        return [.. migrations.OrderBy(migration => migration.Version)];
    }

    /// <summary>The version of a database by the migrations that were applied to it; 0 where there were none.</summary>
    /// <exception cref="StorageUnavailableException">One of them is not the one of that number that was released.</exception>
    public static int VersionOf(IEnumerable<(int Version, byte[] Checksum)> applied, IReadOnlyList<Migration> migrations)
    {
        var last = 0;
        foreach (var (version, checksum) in applied)
        {
            if (migrations.FirstOrDefault(migration => migration.Version == version) is { } known
                && !checksum.AsSpan().SequenceEqual(known.Checksum))
                throw MadeByAnUnreleasedVersion();
            last = Math.Max(last, version);
        }

        return last;
    }

    /// <summary>The refusal of tables that no released version had.</summary>
    public static StorageUnavailableException MadeByAnUnreleasedVersion() =>
        new(
            "The database was made by an unreleased version of Kopeck and cannot be used by this one: make another with `kopeck db create`");

    /// <summary>Throws when a database is newer than the program.</summary>
    public static void RequireKnown(int version, IReadOnlyList<Migration> migrations)
    {
        if (version > migrations[^1].Version)
            throw new StorageUnavailableException(
                $"The database is of version {version}, newer than this program's {migrations[^1].Version}: use a newer program");
    }

    /// <summary>The refusal of a program that runs while the tables become those of another version.</summary>
    public static StorageUnavailableException ChangedMeanwhile(int version, IReadOnlyList<Migration> migrations) =>
        new(
            $"The database is of version {version} now, and this program works with {migrations[^1].Version}: stop it, and start that version's");

    /// <summary>The refusal of a migration beside programs that work with the tables as they are.</summary>
    public static StorageUnavailableException InUse(string database, Exception? cause = null) =>
        new($"{database} is in use: stop all servers, of whatever version, then migrate", cause);

    /// <summary>The refusal of a database that does something by itself when the ledger writes: nobody can prove what.</summary>
    public static StorageUnavailableException HasHook(string hook) =>
        new($"The database has {hook}, which no Kopeck made and which acts where the ledger writes: drop it, or restore another backup");

    /// <summary>Throws, saying what to run, when a database is older than the program or empty.</summary>
    public static void RequireCurrent(string database, int version, IReadOnlyList<Migration> migrations)
    {
        RequireKnown(version, migrations);
        if (version == 0)
            throw new StorageUnavailableException($"{database} has no tables: make them with `kopeck db create`");
        if (version < migrations[^1].Version)
            throw new StorageUnavailableException(
                $"{database} is of version {version}, this program needs {migrations[^1].Version}: run `kopeck db migrate`");
    }
}
