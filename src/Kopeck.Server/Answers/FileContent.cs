using System.Text.Json;
using Kopeck.Statements;

namespace Kopeck.Server.Answers;

/// <summary>A file in a format of its own, written while it is read.</summary>
public sealed record FileContent(StatementFile File) : Content
{
    internal override void WriteJson(Utf8JsonWriter json) => throw new NotSupportedException("A file is written in its own format");
}
