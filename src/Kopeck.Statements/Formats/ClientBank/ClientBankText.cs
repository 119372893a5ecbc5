using System.IO.Pipelines;
using System.Text;
using Kopeck.Ledger.Reference;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.ClientBank;

/// <summary>
/// Lines of names and values in windows-1251, with CRLF. Letters that it lacks lose their marks, and what is left is a question mark.
/// </summary>
sealed class ClientBankText(PipeWriter output)
{
    static readonly Encoding Windows =
        CodePagesEncodingProvider.Instance.GetEncoding(1251, new EncoderReplacementFallback("?"), new DecoderReplacementFallback("?"))!;
    static readonly HashSet<char> Letters = [.. Windows.GetChars([.. Enumerable.Range(0x20, 0xe0).Select(code => (byte)code)])];

    readonly StringBuilder text = new();

    public void Line(string line) => text.Append(line).Append("\r\n");

    public void Value(string name, string value) => text.Append(name).Append('=').Append(Plain(value)).Append("\r\n");

    public async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        Windows.GetBytes(text.ToString(), output);
        text.Clear();
        await output.SendAsync(cancellationToken);
    }

    static string Plain(string value)
    {
        var plain = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
            plain.Append(rune.IsBmp && Letters.Contains((char)rune.Value) ? rune.ToString() : Unmarked(rune.ToString()));
        return plain.ToString();
    }

    static string Unmarked(string letter)
    {
        var folded = TextFold.Fold(letter);
        return char.IsUpper(letter, 0) ? folded.ToUpperInvariant() : folded;
    }
}
