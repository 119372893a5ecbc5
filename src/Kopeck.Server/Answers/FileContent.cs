using System.IO.Pipelines;
using System.Text.Json;

namespace Kopeck.Server.Answers;

/// <summary>A file in a format of its own, written while it is read.</summary>
/// <param name="MediaType">With a character set where it has one.</param>
/// <param name="Disposition">The header Content-Disposition.</param>
public sealed record FileContent(string MediaType, string Disposition, Func<PipeWriter, CancellationToken, Task> Write) : Content
{
    internal override void WriteJson(Utf8JsonWriter json) => throw new NotSupportedException("A file is written in its own format");
}
