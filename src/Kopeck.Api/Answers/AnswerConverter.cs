using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kopeck.Api.Answers;

/// <summary>Lets programs that serialise answers give the server's own JSON.</summary>
sealed class AnswerConverter : JsonConverter<Answer>
{
    public override bool CanConvert(Type typeToConvert) => typeof(Answer).IsAssignableFrom(typeToConvert);

    public override Answer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Answers are written only");

    public override void Write(Utf8JsonWriter writer, Answer value, JsonSerializerOptions options) => value.WriteJson(writer);
}
