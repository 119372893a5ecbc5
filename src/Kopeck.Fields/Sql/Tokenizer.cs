using System.Collections.Generic;

namespace Kopeck.Fields.Sql;

/// <summary>A word, a number, a quoted text or a sign, with the comment lines before it.</summary>
sealed class Token
{
    public Token(string text, SqlPlace place, IReadOnlyList<string> comments, bool isQuoted)
    {
        Text = text;
        Place = place;
        Comments = comments;
        IsQuoted = isQuoted;
    }

    public string Text { get; }

    public SqlPlace Place { get; }

    public IReadOnlyList<string> Comments { get; }

    public bool IsQuoted { get; }
}

/// <summary>Cuts SQL into tokens.</summary>
static class Tokenizer
{
    static readonly string[] DoubleSigns = { ">=", "<=", "<>" };

    public static List<Token> Read(string path, string text)
    {
        var tokens = new List<Token>();
        var comments = new List<string>();
        var index = 0;
        while (true)
        {
            while (index < text.Length && char.IsWhiteSpace(text[index]))
            {
                // An empty line ends a comment: what stands above it is about the file.
                if (text[index] == '\n' && index + 1 < text.Length && (text[index + 1] == '\n' || text[index + 1] == '\r'))
                    comments.Clear();
                index++;
            }

            if (index + 1 < text.Length && text[index] == '-' && text[index + 1] == '-')
            {
                var end = text.IndexOf('\n', index);
                end = end < 0 ? text.Length : end;
                comments.Add(text.Substring(index + 2, end - index - 2).Trim());
                index = end;
                continue;
            }

            var start = index;
            if (index >= text.Length)
            {
                tokens.Add(new Token("", new SqlPlace(path, text.Length, 0), comments, false));
                return tokens;
            }

            var isQuoted = text[index] == '\'';
            index = isQuoted ? EndOfQuote(path, text, index) : EndOfToken(text, index);
            var length = index - start;
            var value = isQuoted ? text.Substring(start + 1, length - 2).Replace("''", "'") : text.Substring(start, length);
            tokens.Add(new Token(value, new SqlPlace(path, start, length), comments, isQuoted));
            comments = new List<string>();
        }
    }

    static int EndOfQuote(string path, string text, int start)
    {
        for (var index = start + 1; index < text.Length; index++)
        {
            if (text[index] != '\'')
                continue;
            if (index + 1 < text.Length && text[index + 1] == '\'')
                index++;
            else
                return index + 1;
        }

        throw new SqlException("KF0001", "A quoted text does not end", new SqlPlace(path, start, text.Length - start));
    }

    static int EndOfToken(string text, int start)
    {
        var index = start;
        while (index < text.Length && (char.IsLetterOrDigit(text[index]) || text[index] == '_'))
            index++;
        if (index > start)
            return index;
        foreach (var sign in DoubleSigns)
        {
            if (string.CompareOrdinal(text, start, sign, 0, sign.Length) == 0)
                return start + sign.Length;
        }

        return start + 1;
    }
}
