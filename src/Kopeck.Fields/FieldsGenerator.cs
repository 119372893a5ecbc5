using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Kopeck.Fields.Emit;
using Kopeck.Fields.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Kopeck.Fields;

/// <summary>
/// Makes field types, tables and DDL from the tables. Looks at the files of tables only, never at the compilation: an edit elsewhere does
/// not run it again.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class FieldsGenerator : IIncrementalGenerator
{
    /// <summary>The name of the tracked step that holds the files.</summary>
    public const string FilesStep = "Files";

    /// <summary>The name of the tracked step that holds the outputs.</summary>
    public const string SourcesStep = "Sources";

    const string Snapshot = "snapshot.sql";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var files = context.AdditionalTextsProvider
            .Where(static file => file.Path.EndsWith(".sql", StringComparison.Ordinal))
            .Select(static (file, cancellationToken) => new SourceFile(file.Path, file.GetText(cancellationToken)?.ToString() ?? ""))
            .WithTrackingName(FilesStep)
            .Collect();
        var sources = files.Select(static (all, _) => GeneratedSources.Make(all)).WithTrackingName(SourcesStep);
        context.RegisterSourceOutput(sources, static (output, made) =>
        {
            if (made.Problem is { } problem)
                output.ReportDiagnostic(problem.ToDiagnostic());
            foreach (var (name, code) in made.Files)
                output.AddSource(name, SourceText.From(code, System.Text.Encoding.UTF8));
        });
    }

    /// <summary>What is made of the files; equal when its text is, so that later steps stay cached.</summary>
    sealed class GeneratedSources : IEquatable<GeneratedSources>
    {
        GeneratedSources(Problem? problem, ImmutableArray<(string Name, string Code)> files)
        {
            Problem = problem;
            Files = files;
        }

        public Problem? Problem { get; }

        public ImmutableArray<(string Name, string Code)> Files { get; }

        public static GeneratedSources Make(ImmutableArray<SourceFile> files)
        {
            try
            {
                var tables =
                    files.Where(file => !IsSnapshot(file)).OrderBy(file => Path.GetFileName(file.Path), StringComparer.Ordinal).ToList();
                var schema = SchemaParser.Parse(tables.Select(file => new KeyValuePair<string, string>(file.Path, file.Text)));
                return new GeneratedSources(CheckSnapshot(files, schema, tables), Write(schema).ToImmutableArray());
            }
            catch (SqlException exception)
            {
                var text = files.First(file => file.Path == exception.Place.Path).Text;
                return new GeneratedSources(
                    new Problem(exception.Id, exception.Message, exception.Place, text), ImmutableArray<(string, string)>.Empty);
            }
        }

        public bool Equals(GeneratedSources? other) =>
            other is not null && Equals(Problem?.ToString(), other.Problem?.ToString()) && Files.SequenceEqual(other.Files);

        public override bool Equals(object? other) => Equals(other as GeneratedSources);

        public override int GetHashCode() => Files.Length;

        static bool IsSnapshot(SourceFile file) => Path.GetFileName(file.Path) == Snapshot;

        static Problem? CheckSnapshot(ImmutableArray<SourceFile> files, Schema schema, List<SourceFile> tables)
        {
            if (tables.Count == 0 || files.FirstOrDefault(IsSnapshot) is not { } snapshot)
                return null;
            var migrated = SchemaParser.Parse(new[] { new KeyValuePair<string, string>(snapshot.Path, snapshot.Text) });
            if (migrated.Canonical == schema.Canonical)
                return null;
            var changed = schema.Tables.Find(table => migrated.FindTable(table.Name)?.ToString() != table.ToString());
            var domain =
                changed is null
                    ? schema.JournalDomains.FirstOrDefault(one => migrated.FindDomain(one.Name)?.ToString() != one.ToString())
                    : null;
            var place = changed?.Place ?? domain?.Place ?? new SqlPlace(tables[0].Path, 0, 0);
            if (domain is not null)
            {
                return new Problem(
                    "KF0010",
                    $"The domain {domain.Name}, whose values stand in the journal, was changed: ./kopeck schema migrate NAME says what that means",
                    place,
                    tables.First(file => file.Path == place.Path).Text);
            }

            var what = changed is null ? "A table is gone" : $"The table {changed.Name} was changed";
            return new Problem(
                "KF0010", $"{what} and no migration leads there: write one with ./kopeck schema migrate NAME", place,
                tables.First(file => file.Path == place.Path).Text);
        }

        static IEnumerable<(string Name, string Code)> Write(Schema schema)
        {
            if (schema.Tables.Count + schema.Domains.Count == 0)
                yield break;
            yield return ("FieldTypes.g.cs", FieldTypesWriter.Write(schema));
            yield return ("Tables.g.cs", TablesWriter.Write(schema));
            yield return ("Ddl.g.cs", DdlWriter.Write(schema));
            foreach (var domain in FieldTypesWriter.Domains(schema).Where(ValueTypeWriter.Has))
                yield return (CodeText.Pascal(domain.Name) + ".g.cs", ValueTypeWriter.Write(domain));
            foreach (var table in schema.Tables.Where(table => table.Record is not null))
                yield return (table.Record + ".g.cs", RecordWriter.Write(table));
        }
    }

    sealed class SourceFile : IEquatable<SourceFile>
    {
        public SourceFile(string path, string text)
        {
            Path = path;
            Text = text;
        }

        public string Path { get; }

        public string Text { get; }

        public bool Equals(SourceFile? other) => other is not null && Path == other.Path && Text == other.Text;

        public override bool Equals(object? other) => Equals(other as SourceFile);

        public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Path);
    }
}
