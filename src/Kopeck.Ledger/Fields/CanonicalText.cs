using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Kopeck.Ledger.Fields;

/// <summary>
/// How a text stands in all JSON that is kept or promised for ever: UTF-8 as it is, only <c>"</c>, <c>\</c> and U+0000 to U+001F escaped,
/// in the shortest way (RFC 8785, section 3.2.2.2). The runtime's own encoders also escape what their Unicode version does not know,
/// so that their bytes differ from one runtime to the next.
/// </summary>
public static class CanonicalText
{
    /// <summary>For <see cref="System.Text.Json.Utf8JsonWriter"/>.</summary>
    public static JavaScriptEncoder Encoder { get; } = new CanonicalEncoder();

    static char ShortEscape(int codePoint) => codePoint switch
    {
        '"' => '"',
        '\\' => '\\',
        '\b' => 'b',
        '\f' => 'f',
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        _ => '\0',
    };

    sealed unsafe class CanonicalEncoder : JavaScriptEncoder
    {
        static readonly SearchValues<char> Escaped =
            SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\']);
        static readonly SearchValues<byte> EscapedBytes =
            SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (byte)code), (byte)'"', (byte)'\\']);

        public override int MaxOutputCharactersPerInputCharacter => 6;

        public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';

        public override int FindFirstCharacterToEncode(char* text, int textLength)
        {
            var letters = new ReadOnlySpan<char>(text, textLength);
            var escaped = letters.IndexOfAny(Escaped);
            // Half a surrogate pair is no character: the writer replaces it.
            var broken = FindUnpaired(escaped < 0 ? letters : letters[..escaped]);
            return broken >= 0 ? broken : escaped;
        }

        public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text) => utf8Text.IndexOfAny(EscapedBytes);

        public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
        {
            numberOfCharactersWritten = 0;
            if (!WillEncode(unicodeScalar))
                return new Rune(unicodeScalar).TryEncodeToUtf16(new Span<char>(buffer, bufferLength), out numberOfCharactersWritten);
            var shortEscape = ShortEscape(unicodeScalar);
            var length = shortEscape == 0 ? 6 : 2;
            if (bufferLength < length)
                return false;
            numberOfCharactersWritten = length;
            buffer[0] = '\\';
            if (length == 2)
            {
                buffer[1] = shortEscape;
                return true;
            }

            buffer[1] = 'u';
            for (var place = 0; place < 4; place++)
                buffer[2 + place] = "0123456789abcdef"[(unicodeScalar >> (12 - (4 * place))) & 15];
            return true;
        }

        static int FindUnpaired(ReadOnlySpan<char> letters)
        {
            for (var at = letters.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0 && at < letters.Length; at++)
            {
                if (!char.IsSurrogate(letters[at]))
                    continue;
                if (at + 1 == letters.Length || !char.IsSurrogatePair(letters[at], letters[at + 1]))
                    return at;
                at++;
            }

            return -1;
        }
    }
}
