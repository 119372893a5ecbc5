using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Kopeck.Fields.Emit;
using Kopeck.Fields.Sql;

namespace Kopeck.SchemaTool;

/// <summary>Compares the tables with the newest migration, and writes the next one.</summary>
static class Program
{
    static int Main(string[] arguments)
    {
        try
        {
            return arguments switch
            {
                ["check", var folder] => Check(folder),
                ["migrate", var folder, var name] => Migrate(folder, name),
                ["initial", var folder] => WriteInitial(folder),
                _ => Fail("usage: kopeck schema check | kopeck schema migrate NAME | kopeck schema initial"),
            };
        }
        catch (SqlException exception)
        {
            return Fail($"{exception.Place.Path}{Line(exception.Place)}: {exception.Id}: {exception.Message}");
        }
        catch (IOException exception)
        {
            return Fail(exception.Message);
        }
    }

    static int Check(string folder)
    {
        var (before, after, _) = Read(folder);
        if (before.Canonical == after.Canonical)
        {
            Console.WriteLine("The newest migration leads to the tables as they are");
            return 0;
        }

        SayJournal(before, after);
        Console.WriteLine("The tables were changed and no migration leads to them: kopeck schema migrate NAME");
        return 1;
    }

    static int Migrate(string folder, string name)
    {
        if (name.Length == 0 || !name.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'))
            return Fail("A migration's name has lower-case letters, digits and underscores, such as longer_names");
        var (before, after, text) = Read(folder);
        var migrations = Path.Combine(folder, "migrations");
        SayJournal(before, after);
        if (before.TablesCanonical != after.TablesCanonical)
        {
            var problems = MigrationWriter.FindProblems(before, after);
            if (problems.Count > 0)
                return Fail(
                    "This cannot be written without knowing what the rows should hold; write the migration by hand and copy the tables to migrations/snapshot.sql:\n  "
                        + string.Join("\n  ", problems));
            var version = 1 + Directory.GetFiles(migrations, "*.sqlite.sql")
                .Select(file => int.Parse(Path.GetFileName(file).Substring(0, 4), CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();
            Write(Path.Combine(migrations, $"{version:D4}_{name}.sqlite.sql"), MigrationWriter.Sqlite(before, after));
            Write(Path.Combine(migrations, $"{version:D4}_{name}.postgres.sql"), MigrationWriter.Postgres(before, after));
        }

        File.WriteAllText(Path.Combine(migrations, "snapshot.sql"), text);
        Console.WriteLine("The tables need no further migration");
        return 0;
    }

    /// <summary>What a change means to values that no migration rewrites, as they are hashed.</summary>
    static void SayJournal(Schema before, Schema after)
    {
        foreach (var domain in after.JournalDomains)
        {
            if (before.FindDomain(domain.Name) is not { } old || old.ToString() == domain.ToString())
                continue;
            Console.WriteLine(
                $"{domain.Name}: {old} becomes {domain}. Values in the journal stay as they were accepted: they are read, shown, replayed and");
            Console.WriteLine("  verified as before. Only new values are held to it. Columns of this type are migrated like any other.");
        }
    }

    /// <summary>
    /// Makes the tables as they are now the first version. While nothing is released: whoever has an older one begins anew.
    /// </summary>
    static int WriteInitial(string folder)
    {
        var (_, schema, text) = Read(folder);
        var migrations = Path.Combine(folder, "migrations");
        foreach (var file in Directory.GetFiles(migrations, "*.sql"))
            File.Delete(file);
        Write(Path.Combine(migrations, "0001_initial.sqlite.sql"), SqliteDdl.Write(schema));
        Write(Path.Combine(migrations, "0001_initial.postgres.sql"), PostgresDdl.Write(schema));
        File.WriteAllText(Path.Combine(migrations, "snapshot.sql"), text);
        return 0;
    }

    static (Schema Before, Schema After, string Text) Read(string folder)
    {
        var files =
            Directory.GetFiles(Path.Combine(folder, "tables"), "*.sql").OrderBy(file => Path.GetFileName(file), StringComparer.Ordinal)
            .Select(file => new KeyValuePair<string, string>(file, File.ReadAllText(file))).ToList();
        var snapshot = Path.Combine(folder, "migrations", "snapshot.sql");
        var before =
            File.Exists(snapshot)
                ? SchemaParser.Parse([new KeyValuePair<string, string>(snapshot, File.ReadAllText(snapshot))])
                : new Schema();
        return (before, SchemaParser.Parse(files), string.Concat(files.Select(file => file.Value)));
    }

    static void Write(string path, IEnumerable<string> statements)
    {
        var text = string.Join(";\n\n", statements);
        File.WriteAllText(path, text.Length == 0 ? "-- Nothing changes on this engine.\n" : text + ";\n");
        Console.WriteLine($"written: {path}");
    }

    static string Line(SqlPlace place) => $"({File.ReadAllText(place.Path).Take(place.Start).Count(letter => letter == '\n') + 1})";

    static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 2;
    }
}
