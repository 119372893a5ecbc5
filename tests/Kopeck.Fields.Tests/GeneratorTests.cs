using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Kopeck.Fields.Tests;

/// <summary>What is generated, and when.</summary>
public sealed class GeneratorTests
{
    const string Tables = """
        -- What a pet is called.
        CREATE DOMAIN pet_name AS varchar(40);
        -- A tag.
        CREATE DOMAIN tag AS char(3) CHECK (VALUE ~ '^[A-Z]{3}$');
        -- A pet's user name.
        CREATE DOMAIN user_name AS varchar(20) CHECK (VALUE ~ '^[a-z][a-z0-9-]*$');
        -- What a pet likes.
        CREATE DOMAIN likes AS varchar(60) CHECK (VALUE ~ '^[a-z]+(,[a-z]+)*$');
        -- Kilograms.
        CREATE DOMAIN weight AS numeric(7,3) CHECK (VALUE > 0);
        -- Years.
        CREATE DOMAIN age AS smallint CHECK (VALUE BETWEEN 0 AND 99);
        -- A picture's digest.
        CREATE DOMAIN digest AS bytea CHECK (octet_length(VALUE) = 32);
        -- Pets.
        -- @record PetDetails
        CREATE TABLE pets (
          -- The pet.
          pet bigint NOT NULL CHECK (pet >= 1),
          -- @input
          -- Its name.
          name pet_name NOT NULL,
          -- @input
          -- Its tag.
          tag tag,
          -- @input
          -- Its user name.
          user_name user_name,
          -- What it likes.
          likes likes,
          -- @input
          -- What it weighs.
          weight weight NOT NULL,
          -- How old it is; no puppies.
          age age CHECK (age >= 1),
          -- Its picture.
          picture digest,
          -- Whether it sleeps indoors.
          is_indoors boolean NOT NULL,
          -- When it was born.
          born date,
          -- Its mother.
          mother bigint REFERENCES pets (pet),
          -- A remark, at most a "line" \ long.
          remark varchar(80),
          PRIMARY KEY (pet)
        );
        CREATE UNIQUE INDEX pets_tag ON pets (tag) WHERE tag IS NOT NULL;
        """;

    [Fact]
    public void The_generated_code_is_the_committed_snapshot()
    {
        var code = string.Join(
            "\n",
            GeneratorRun.Run(Tables).GeneratedTrees.OrderBy(tree => tree.FilePath, StringComparer.Ordinal)
                .Select(tree => $"// {Path.GetFileName(tree.FilePath)}\n{tree}"));
        var snapshot = Path.Combine(AppContext.BaseDirectory, "snapshots", "pets.txt");
        // To refresh it: see docs/fields.md.
        if (Environment.GetEnvironmentVariable("KOPECK_TEST_REFRESH") is not null)
            File.WriteAllText(snapshot, code);
        // By lines: the first that differs is named, with its number.
        Assert.Equal(File.ReadAllText(snapshot).Split('\n'), code.Split('\n'));
    }

    [Fact]
    public void The_generated_code_compiles_without_a_warning()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var runtime = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "runtime")).Select(File.ReadAllText)
            .Append("global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;");
        var trees = runtime.Concat(GeneratorRun.Run(Tables).GeneratedTrees.Select(tree => tree.ToString()))
            .Select(code => CSharpSyntaxTree.ParseText(code, cancellationToken: cancellationToken));
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal));
        var compilation = CSharpCompilation.Create(
            "pets", trees, platform.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics(cancellationToken).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }

    [Fact]
    public void An_unrelated_edit_does_not_run_the_generator_again()
    {
        var (driver, compilation) = GeneratorRun.Start(Tables);
        var edited = driver.AddAdditionalTexts([new GeneratorRun.SqlText("/notes/readme.txt", "unrelated")])
            .RunGenerators(
                compilation.AddSyntaxTrees(
                    CSharpSyntaxTree.ParseText("class D;", cancellationToken: TestContext.Current.CancellationToken)));
        var steps = edited.GetRunResult().Results[0].TrackedSteps;
        foreach (var name in new[] { FieldsGenerator.FilesStep, FieldsGenerator.SourcesStep })
            Assert.All(
                steps[name].SelectMany(step => step.Outputs),
                output =>
                    Assert.True(
                        output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged,
                        $"{name}: {output.Reason}"));
    }

    [Fact]
    public void An_edit_of_the_tables_runs_the_generator_again_for_the_file_that_changed()
    {
        var tag = new GeneratorRun.SqlText("/tables/1.sql", "-- A tag.\nCREATE DOMAIN tag AS varchar(10);");
        var (driver, compilation) =
            GeneratorRun.Start([new GeneratorRun.SqlText("/tables/0.sql", "-- A name.\nCREATE DOMAIN name AS varchar(10);"), tag]);
        var edited =
            driver.ReplaceAdditionalText(tag, new GeneratorRun.SqlText("/tables/1.sql", "-- A tag.\nCREATE DOMAIN tag AS varchar(20);"));
        var result = edited.RunGenerators(compilation).GetRunResult();
        var files =
            result.Results[0].TrackedSteps[FieldsGenerator.FilesStep].SelectMany(step => step.Outputs).Select(output => output.Reason);
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], files.Order());
        Assert.Contains("MaxLength = 20", string.Concat(result.GeneratedTrees), StringComparison.Ordinal);
    }
}
