using System.Text.Json;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Tests.Fields;

public sealed class MetadataReaderTests
{
    [Fact]
    public void Characters_are_counted_as_the_database_counts_them()
    {
        var emoji = string.Concat(Enumerable.Repeat("😀", FieldTypes.Metadata.MaxLength!.Value - """{"a":""}""".Length));
        Assert.NotNull(Read($$"""{"a":"{{emoji}}"}""", out _));
        Assert.Null(Read($$"""{"a":"{{emoji}}x"}""", out var error));
        Assert.Equal(
            new FieldError("too_long", $"At most {FieldTypes.Metadata.MaxLength} characters, got {FieldTypes.Metadata.MaxLength + 1}"),
            error);
    }

    [Theory]
    [InlineData("""{ "b" : [ 1.50 , 1e3, true, null ], "a":"\u00e9\ud83d\ude00 \/ <&'" }""", """{"b":[1.50,1e3,true,null],"a":"é😀 / <&'"}""")]
    [InlineData("""{"e\u0301":"e\u0301"}""", """{"é":"é"}""")]
    [InlineData("""{"a":"\u20c1 \"\\\u200b"}""", """{"a":"⃁ \"\\​"}""")]
    public void What_is_kept_are_the_texts_themselves(string json, string kept) => Assert.Equal(kept, Read(json, out _));

    [Theory]
    [InlineData("""{"\u00e9":1,"e\u0301":2}""", "duplicate_member")]
    [InlineData("""{"a":{"b":1,"x":{"\u212b":1,"\u00c5":2}}}""", "duplicate_member")]
    [InlineData("""{"a\u0378":1}""", "unassigned_character")]
    [InlineData("""{"a":["\u20c2"]}""", "unassigned_character")]
    [InlineData("""{"a":"\ud800"}""", "unpaired_surrogate")]
    [InlineData("""{"a":"\u0007"}""", "control_character")]
    [InlineData("[]", "wrong_type")]
    public void What_is_no_text_for_ever_is_refused_with_a_code(string json, string code)
    {
        Assert.Null(Read(json, out var error));
        Assert.Equal(code, error?.Code);
    }

    static string? Read(string json, out FieldError? error)
    {
        using var document = JsonDocument.Parse(json);
        return MetadataReader.Read(document.RootElement, FieldTypes.Metadata, out error);
    }
}
