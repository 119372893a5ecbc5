using System.Text.Json.Serialization;
namespace Kopeck.Api.Answers;

/// <summary>A page of a list, or a whole one.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="Next">The cursor to go on with; null at the end.</param>
[JsonConverter(typeof(AnswerConverter))]
public sealed record ListAnswer<TItem>(IReadOnlyList<TItem> Items, string? Next = null) : ListAnswer(Next)
    where TItem : Answer
{
    /// <inheritdoc/>
    public override int Count => Items.Count;

    /// <inheritdoc/>
    public override IEnumerable<Answer> Answers => Items;
}
