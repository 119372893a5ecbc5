using System.Globalization;
using System.Reflection;
using System.Text;

namespace Kopeck.House.Tests;

/// <summary>
/// The public surface of each package is a reviewed list in docs/surface: a change of it is a change of these files.
/// KOPECK_WRITE_SURFACE=1 writes them anew.
/// </summary>
public sealed class PublicSurfaceTests
{
    const BindingFlags Visible =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Packages => [.. Assemblies.All.Keys];

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_packages_public_surface_is_the_reviewed_one(string package)
    {
        var path = Path.Combine(Tree.Root, "docs", "surface", package + ".txt");
        var surface = Describe(Assemblies.All[package]);
        if (Environment.GetEnvironmentVariable("KOPECK_WRITE_SURFACE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, surface);
        }

        Assert.True(File.Exists(path), $"{package} has no reviewed list: KOPECK_WRITE_SURFACE=1 ./test House writes it");
        Assert.Equal(File.ReadAllText(path), surface);
    }

    static string Describe(Assembly assembly)
    {
        var lines = new List<string>();
        foreach (var type in assembly.GetExportedTypes())
        {
            var name = Name(type);
            lines.Add($"{name} : {string.Join(", ", Bases(type))}".TrimEnd(' ', ':'));
            lines.AddRange(type.GetMembers(Visible).Where(member => !member.Name.Contains('<', StringComparison.Ordinal))
                .Select(Signature).OfType<string>().Select(member => $"{name}.{member}"));
        }

        lines.Sort(StringComparer.Ordinal);
        return string.Join('\n', lines.Distinct(StringComparer.Ordinal)) + "\n";
    }

    static IEnumerable<string> Bases(Type type) => type.IsEnum ? ["enum"] : type.BaseType is { } ancestor && ancestor != typeof(object)
        && ancestor != typeof(ValueType) ? [Name(ancestor)] : [];

    static string? Signature(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when IsVisible(constructor) => $"ctor({Parameters(constructor)})",
        MethodInfo { IsSpecialName: false } method when IsVisible(method) =>
            $"{method.Name}{Generic(method)}({Parameters(method)}) -> {Name(method.ReturnType)}",
        PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsVisible) =>
            $"{property.Name} {{ {string.Join(' ', property.GetAccessors(nonPublic: true).Where(IsVisible).Select(accessor => accessor.Name[..3] + ";"))} }} -> {Name(property.PropertyType)}",
        FieldInfo field when field.IsPublic || field.IsFamily => $"{field.Name} -> {Name(field.FieldType)}{Constant(field)}",
        EventInfo visible when IsVisible(visible.AddMethod!) => $"event {visible.Name}",
        _ => null,
    };

    static string Constant(FieldInfo field) => field is { IsLiteral: true }
        ? " = " + Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture) : "";

    static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    static string Generic(MethodInfo method) => method.IsGenericMethod
        ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.IsOptional ? "?" : "")}"));

    static string Name(Type type)
    {
        if (type.IsGenericParameter)
            return type.Name;
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (type.IsByRef)
            return Name(type.GetElementType()!) + "&";
        var name = new StringBuilder(type.DeclaringType is { } outer ? Name(outer) + "." : type.Namespace + ".");
        name.Append(type.Name.Split('`')[0]);
        if (type.IsGenericType && type.GetGenericArguments() is { Length: > 0 } arguments)
            name.Append('<').AppendJoin(", ", arguments.Select(Name)).Append('>');
        return name.ToString();
    }
}
