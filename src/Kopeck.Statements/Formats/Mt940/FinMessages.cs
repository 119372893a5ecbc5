using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Mt940;

/// <summary>
/// The messages of one wallet's MT940 (SWIFT Standards MT, category 9): as many pages as its entries need, each of at most 2,000
/// characters. Between pages <c>:62M:</c> carries the balance over to <c>:60M:</c>.
/// </summary>
/// <param name="account">Field 25, at most 35 characters.</param>
sealed class FinMessages(PipeWriter output, string reference, int number, string account, Currency currency)
{
    const int MaxMessage = 2_000;
    const int LineLength = 65;
    const int MaxLines = 6;
    const string End = "\r\n";

    // ":62M:C260301EUR99999999999999," and the end of the message.
    const int ClosingLength = 5 + 1 + 6 + 3 + 15 + 2 + 3;

    readonly StringBuilder message = new(MaxMessage);
    int page;

    /// <summary>Whether an amount, or a balance, has room: 15 characters, the comma among them.</summary>
    public static bool Fits(Int128 minor) => Int128.Abs(minor) < 100_000_000_000_000;

    /// <summary>An amount without its sign: a comma, and the currency's decimals after it.</summary>
    public static string Amount(Int128 minor, Currency currency)
    {
        var text = AmountText.Format(Int128.Abs(minor), currency);
        return currency.MinorUnits == 0 ? text + "," : text.Replace('.', ',');
    }

    /// <summary>Begins the first page.</summary>
    public void Begin(long opening, DateOnly date) => BeginPage("60F", opening, date);

    /// <summary>Adds an entry: field 61 with its field 86, on this page or, where it is full, on the next.</summary>
    /// <param name="before">The balance before it, which pages carry over.</param>
    public void Entry(string movement, string information, long before, DateOnly date)
    {
        var field = Information(information);
        if (message.Length + 4 + movement.Length + End.Length + field.Length + ClosingLength > MaxMessage)
            TurnPage(before, date);
        message.Append(":61:").Append(movement).Append(End).Append(field);
    }

    /// <summary>Ends the last page, with what is to be said of all of them.</summary>
    /// <param name="available">What of the closing balance no hold reserves; null where that is all of it.</param>
    public void Finish(long closing, long? available, DateOnly date, string? information)
    {
        var field = information is null ? "" : Information(information);
        if (message.Length + field.Length + (available is null ? ClosingLength : 2 * ClosingLength) > MaxMessage)
            TurnPage(closing, date);
        Balance("62F", closing, date);
        if (available is { } free)
            Balance("64", free, date);
        message.Append(field);
        EndPage();
    }

    void TurnPage(long balance, DateOnly date)
    {
        Balance("62M", balance, date);
        EndPage();
        BeginPage("60M", balance, date);
    }

    void BeginPage(string tag, long balance, DateOnly date)
    {
        page++;
        message.Append(CultureInfo.InvariantCulture, $":20:{reference}\r\n:25:{account}\r\n:28C:{number}/{page}\r\n");
        Balance(tag, balance, date);
    }

    void Balance(string tag, long balance, DateOnly date) =>
        message.Append(
            CultureInfo.InvariantCulture, $":{tag}:{(balance < 0 ? 'D' : 'C')}{date:yyMMdd}{currency.Code}{Amount(balance, currency)}\r\n");

    void EndPage()
    {
        message.Append('-').Append(End);
        Encoding.ASCII.GetBytes(message.ToString(), output);
        message.Clear();
    }

    /// <summary>
    /// Field 86: six lines of 65 characters, broken between words where all of it fits so; what is longer is cut. No line starts like a
    /// field or like the end of the message.
    /// </summary>
    static string Information(string text)
    {
        var plain = FinText.Of(text).Trim();
        return Wrap(plain, isWhole: true) ?? Wrap(plain, isWhole: false)!;
    }

    /// <summary>The field's lines; null where whole words do not fit.</summary>
    static string? Wrap(string rest, bool isWhole)
    {
        var field = new StringBuilder(":86:");
        for (var line = 0; line < MaxLines && rest.Length > 0; line++)
        {
            var length = Math.Min(rest.Length, LineLength);
            if (isWhole && length < rest.Length && BetweenWords(rest) is { } word)
                length = word;
            while (length < rest.Length && length > 1 && (rest[length] is ':' or '-' or ' ' || (rest[length - 1] == ' ' && !isWhole)))
                length--;
            field.Append(line > 0 && rest[0] is ':' or '-' ? "." + rest[1..length] : rest[..length]).Append(End);
            rest = rest[length..];
        }

        return isWhole && rest.Length > 0 ? null : field.ToString();
    }

    // Before the slash of a code word, or after a space, which readers that join lines keep.
    static int? BetweenWords(string rest)
    {
        for (var length = LineLength; length > 1; length--)
        {
            if (rest[length] is not (':' or '-' or ' ')
                && (
                    (rest[length] == '/' && char.IsAsciiLetter(rest[length + 1 < rest.Length ? length + 1 : length]))
                        || rest[length - 1] == ' '))
                return length;
        }

        return null;
    }
}
