using System.Reflection;

namespace Kopeck.House.Tests;

/// <summary>The product's assemblies by name, read from the folder of the tests: one that is forgotten here cannot be.</summary>
static class Assemblies
{
    /// <summary>All of src but the generator, which is not a package of the product.</summary>
    public static IReadOnlyDictionary<string, Assembly> All { get; } = Tree.Projects.Where(name => name != "Kopeck.Fields")
        .ToDictionary(name => name, name => Assembly.Load(name == "Kopeck.Cli" ? "kopeck" : name), StringComparer.Ordinal);

    /// <summary>The product's assemblies that an assembly was compiled against.</summary>
    public static IEnumerable<string> References(string name) => All[name].GetReferencedAssemblies().Select(reference => reference.Name!)
        .Where(reference => reference.StartsWith("Kopeck", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
