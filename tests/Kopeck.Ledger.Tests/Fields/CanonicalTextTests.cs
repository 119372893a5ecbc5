using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Tests.Fields;

public sealed class CanonicalTextTests
{
    [Theory]
    [InlineData("a\"b\\c", """ "a\"b\\c" """)]
    [InlineData("\0\b\f\n\r\t\u001f\u007f\u0085", "\"\\u0000\\b\\f\\n\\r\\t\\u001f\u007f\u0085\"")]
    [InlineData("é 田中 <&'+> \u2028\u200B", "\"é 田中 <&'+> \u2028\u200B\"")]
    [InlineData("\u20C1 five 🎉", "\"\u20C1 five 🎉\"")]
    [InlineData("\u0378\uFFFF", "\"\u0378\uFFFF\"")]
    public void Only_what_JSON_demands_is_escaped(string text, string json) => Assert.Equal(json.Trim(' '), Write(text));

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("\"a\uFFFDb🎉\uFFFD\"", Write("a\uD83Db🎉\uDE00"));

    [Fact]
    public void Every_text_is_read_back() => Gen.String[Gen.OneOf(Gen.Char, Gen.Char['\0', '\u0080']), 0, 40].Where(IsWellFormed)
        .Sample(text => JsonSerializer.Deserialize<string>(Write(text)) == text && Write(text) == ByHand(text), iter: 20_000);

    static bool IsWellFormed(string text) => string.Concat(text.EnumerateRunes()) == text;

    static string ByHand(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var letter in text)
        {
            json.Append(letter switch
            {
                '"' or '\\' => $"\\{letter}",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' => $"\\u{(int)letter:x4}",
                _ => letter.ToString(),
            });
        }

        return json.Append('"').ToString();
    }

    static string Write(string text)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = CanonicalText.Encoder }))
            json.WriteStringValue(text);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
