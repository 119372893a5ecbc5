using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Kopeck.Fields.Tests;

/// <summary>Runs the generator on tables given as text.</summary>
static class GeneratorRun
{
    public static GeneratorDriverRunResult Run(string sql) => Start(sql).Driver.GetRunResult();

    public static (GeneratorDriver Driver, Compilation Compilation) Start(params string[] files) =>
        Start([.. files.Select((text, index) => (AdditionalText)new SqlText($"/tables/{index}.sql", text))]);

    public static (GeneratorDriver Driver, Compilation Compilation) Start(ImmutableArray<AdditionalText> texts)
    {
        var compilation = CSharpCompilation.Create(
            "test", [CSharpSyntaxTree.ParseText("class C;")], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)]);
        var driver = CSharpGeneratorDriver.Create(
            [new FieldsGenerator().AsSourceGenerator()], texts,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return (driver.RunGenerators(compilation), compilation);
    }

    public sealed class SqlText(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
