namespace Kopeck.Statements.Writing;

/// <summary>The XML schema of statements.</summary>
public static class StatementSchema
{
    /// <summary>The namespace of its elements. Another number is another schema.</summary>
    public const string Namespace = "urn:kopeck:statement:1";

    /// <summary>The file's name, under which it is served.</summary>
    public const string FileName = "statement-1.xsd";

    /// <summary>The schema's text in UTF-8.</summary>
    public static byte[] Read()
    {
        using var stream = typeof(StatementSchema).Assembly.GetManifestResourceStream(FileName) ?? throw new InvalidOperationException(
            $"{FileName} is not in the assembly");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
