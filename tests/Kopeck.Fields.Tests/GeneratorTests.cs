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
          PRIMARY KEY (pet)
        );
        CREATE UNIQUE INDEX pets_tag ON pets (tag) WHERE tag IS NOT NULL;
        """;

    [Fact]
    public void The_generated_code_is_the_committed_snapshot()
    {
        var code = string.Join("\n", GeneratorRun.Run(Tables).GeneratedTrees.OrderBy(tree => tree.FilePath, StringComparer.Ordinal).Select(tree => $"// {Path.GetFileName(tree.FilePath)}\n{tree}"));
        var snapshot = Path.Combine(AppContext.BaseDirectory, "snapshots", "pets.txt");
        // To refresh it: KOPECK_TEST_REFRESH=1, then copy the file from the output folder to the sources and read the difference.
        if (Environment.GetEnvironmentVariable("KOPECK_TEST_REFRESH") is not null)
            File.WriteAllText(snapshot, code);
        Assert.Equal(File.ReadAllText(snapshot), code);
    }

    [Fact]
    public void An_unrelated_edit_does_not_run_the_generator_again()
    {
        var (driver, compilation) = GeneratorRun.Start(Tables);
        var edited = driver.AddAdditionalTexts([new GeneratorRun.SqlText("/notes/readme.txt", "unrelated")])
            .RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class D;", cancellationToken: TestContext.Current.CancellationToken)));
        var steps = edited.GetRunResult().Results[0].TrackedSteps;
        foreach (var name in new[] { FieldsGenerator.FilesStep, FieldsGenerator.SourcesStep })
            Assert.All(steps[name].SelectMany(step => step.Outputs), output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{name}: {output.Reason}"));
    }
}
