namespace Kopeck.Api;

/// <summary>A format that an answer may have.</summary>
/// <param name="Name">In <c>format=</c>.</param>
/// <param name="MediaType">With a character set where it has one.</param>
public sealed record AnswerFormat(string Name, string MediaType)
{
    /// <summary>The query parameter that wins over Accept.</summary>
    public const string Parameter = "format";

    /// <summary>The media type alone.</summary>
    public string BareMediaType => MediaType.Split(';')[0];
}
