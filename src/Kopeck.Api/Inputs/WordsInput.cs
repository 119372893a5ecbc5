using System.Globalization;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Inputs;

/// <summary>An input that is an array of words.</summary>
public abstract class WordsInput(string name, string description) : ListInput(name, InputKind.Choices, description)
{
    /// <summary>Reads a word; what is wrong with it.</summary>
    public FieldError? ReadWord(in WireValue value, List<string> words)
    {
        if (value.Kind != WireKind.Text)
            return value.WrongType("a string");
        var word = value.ToString();
        words.Add(word);
        return CheckWord(word);
    }

    /// <summary>Gives the request its words.</summary>
    public abstract void Set(object request, List<string> words);

    private protected FieldError? CheckWord(string word) =>
        Words.Contains(word, StringComparer.Ordinal) ? null : new FieldError(
            "unknown_value", $"{Name} is one of {string.Join(", ", Words)}");

    private protected void Check(IReadOnlyList<string> words, Problems problems, string place, string end)
    {
        if (CheckCount(words.Count) is { } error)
        {
            problems.Add(place, end, IsRequired && words.Count == 0 ? Missing("is missing") : error);
            return;
        }

        for (var index = 0; index < words.Count; index++)
        {
            if (CheckWord(words[index]) is { } wrong)
                problems.Add(place, string.Create(CultureInfo.InvariantCulture, $"{end}/{index}"), wrong);
        }
    }
}
