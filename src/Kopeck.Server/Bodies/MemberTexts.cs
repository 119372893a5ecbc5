using System.Globalization;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;

namespace Kopeck.Server.Bodies;

/// <summary>Members' values from their texts and numbers: the same rules whatever the interface.</summary>
static class MemberTexts
{
    static readonly FieldType AnyText = new() { Name = "text", Kind = FieldKind.Text, Description = "" };

    public static string? ReadText(string text, Member member, out FieldError? error) =>
        TextRules.TryNormalize(member.Field ?? AnyText, text, out var normal, out error) ? normal : null;

    public static object ReadId(string text, out FieldError? error)
    {
        error = text.Length is 0 or > 30 || !text.All(char.IsAsciiDigit) || (text[0] == '0' && text.Length > 1)
            ? new FieldError("bad_format", "An id is a string of digits, such as \"13\"")
            : null;
        // An id beyond 64 bits is well formed and nobody's.
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0L;
    }

    public static object? ReadAmount(string text, Member member, out FieldError? error)
    {
        if (member.Kind == MemberKind.Floor)
            return DecimalAmount.TryParseSigned(text, out var signed, out error) ? signed : null;
        return DecimalAmount.TryParse(text, out var amount, out error) ? amount : null;
    }

    public static object? ReadCurrency(string text, out FieldError? error) => Currency.TryFind(text, out var currency, out error) ? currency : null;

    public static string ReadChoice(string word, Member member, out FieldError? error)
    {
        error = member.Words.Contains(word, StringComparer.Ordinal) ? null : new FieldError("unknown_value", $"{member.Name} is one of {string.Join(", ", member.Words)}");
        return word;
    }

    public static object? ReadNumber(long number, Member member, out FieldError? error)
    {
        var type = member.Field!;
        error = number < type.Minimum || number > type.Maximum ? new FieldError("out_of_range", $"The number is from {type.Minimum} to {type.Maximum}, got {number}") : null;
        return error is null ? number : null;
    }

    /// <summary>Whether a list may have so many items.</summary>
    public static FieldError? CheckCount(Member member, int count)
    {
        if (count == 0)
            return new FieldError("empty", $"{member.Name} has at least one item");
        return count > member.MaxItems ? new FieldError("too_many", $"{member.Name} has at most {member.MaxItems} items, got {count}") : null;
    }

    /// <summary>Adds the problem of a member that has to be there.</summary>
    public static void Missing(Member member, string place, List<Ledger.Errors.FieldProblem> problems, string how)
    {
        if (member.IsRequired || member.RefusesNull)
            problems.Add(new Ledger.Errors.FieldProblem($"{place}/{member.Name}", "required", $"{member.Name} {how}: {member.Description}"));
    }
}
