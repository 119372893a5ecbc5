using System.Text;

namespace Kopeck.Console.Tests;

/// <summary>Changes one byte: the first that can be changed behind a number of marks, wherever the packets are cut.</summary>
public sealed class Tamper(string[] marks)
{
    int mark;
    int matched;
    bool isDone;

    public void Change(Span<byte> bytes)
    {
        for (var at = 0; at < bytes.Length && !isDone; at++)
        {
            if (mark == marks.Length)
            {
                // Another digit for a digit, another letter for a letter: what it says stays readable.
                bytes[at] = bytes[at] switch
                {
                    (byte)'9' => (byte)'8',
                    >= (byte)'0' and < (byte)'9' => (byte)(bytes[at] + 1),
                    (byte)'f' or (byte)'z' => (byte)'a',
                    _ => (byte)(bytes[at] + 1),
                };
                isDone = true;
                return;
            }

            var wanted = Encoding.ASCII.GetBytes(marks[mark]);
            matched = bytes[at] == wanted[matched] ? matched + 1 : bytes[at] == wanted[0] ? 1 : 0;
            if (matched < wanted.Length)
                continue;
            (mark, matched) = (mark + 1, 0);
        }
    }
}
