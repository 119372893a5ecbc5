namespace Kopeck.Embedded;

/// <summary>Which call of the other interfaces a method is: a method and a path of HTTP, or a method of gRPC that HTTP has not. Tests hold the interfaces equal by it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LedgerCallAttribute : Attribute
{
    /// <summary>A call of HTTP and gRPC.</summary>
    public LedgerCallAttribute(string method, string path) => (Method, Path) = (method, path);

    /// <summary>A method of gRPC alone.</summary>
    public LedgerCallAttribute(string rpc) => Rpc = rpc;

    /// <summary>The HTTP method.</summary>
    public string? Method { get; }

    /// <summary>The HTTP path, with places in braces.</summary>
    public string? Path { get; }

    /// <summary>The full name of the gRPC method.</summary>
    public string? Rpc { get; }
}
