namespace Kopeck.Testing;

/// <summary>Finds the messages in a server's bytes, however they are cut into pieces.</summary>
sealed class AnswerScanner
{
    char type;
    int headed;
    int length;

    /// <summary>The types of the messages that end in these bytes.</summary>
    public List<char> Scan(ReadOnlySpan<byte> piece)
    {
        var found = new List<char>();
        while (piece.Length > 0)
        {
            if (headed == 0)
            {
                (type, headed, length) = ((char)piece[0], 1, 0);
                piece = piece[1..];
            }
            else if (headed < 5)
            {
                length = (length << 8) | piece[0];
                headed++;
                piece = piece[1..];
                if (headed == 5)
                    length -= 4;
            }
            else
            {
                var count = Math.Min(length, piece.Length);
                length -= count;
                piece = piece[count..];
            }

            if (headed == 5 && length == 0)
            {
                found.Add(type);
                headed = 0;
            }
        }

        return found;
    }
}
