using System.Text;
using System.Text.Json;
using CsCheck;
using Kopeck.Ledger.Journal.Codec;

namespace Kopeck.Ledger.Tests.Kinds;

public sealed class CanonicalJsonTests
{
    [Fact]
    public void Only_what_RFC_8785_escapes_is_escaped()
    {
        for (var code = 0; code <= char.MaxValue; code++)
        {
            if (char.IsSurrogate((char)code))
                continue;
            var expected = (char)code switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' => $"\\u{code:x4}",
                var plain => plain.ToString(),
            };
            Assert.Equal($"\"{expected}\"", Write(((char)code).ToString()));
        }
    }

    [Fact]
    public void Characters_beyond_the_first_plane_stay_as_they_are() => Assert.Equal("\"🎉\U0001F6D8\"", Write("🎉\U0001F6D8"));

    [Fact]
    public void An_unpaired_surrogate_is_never_written_as_something_else() =>
        Assert.Throws<EncoderFallbackException>(() => Write("\uD83C"));

    [Fact]
    public void Every_text_is_read_back_as_it_was() =>
        Gen.String[Gen.Char['\0', '\uD7FF'], 0, 2_000].Sample(text => JsonDocument.Parse(Write(text)).RootElement.GetString() == text);

    [Fact]
    public void Objects_and_arrays_have_commas_between_their_items_alone()
    {
        var json = new CanonicalJson();
        json.StartObject().Number("a"u8, long.MinValue).OptionalNumber("b"u8, null).StartArray("c"u8);
        json.StartObject().EndObject().StartObject().Text("d"u8, "").EndObject().StartArray().EndArray().Text("e").Raw("1.50");
        json.EndArray().StartObject("f"u8).StartObject("g"u8).EndObject().EndObject().OptionalText("h"u8, null).Name("ü\"").Raw("null")
            .EndObject();
        Assert.Equal("""{"a":-9223372036854775808,"c":[{},{"d":""},[],"e",1.50],"f":{"g":{}},"ü\"":null}""", Encoding.UTF8.GetString(json.Written));
    }

    static string Write(string text) => Encoding.UTF8.GetString(new CanonicalJson().Text(text).Written);
}
