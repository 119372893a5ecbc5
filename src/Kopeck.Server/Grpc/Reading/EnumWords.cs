using System.Collections.Concurrent;
using System.Globalization;
using Google.Protobuf.Reflection;

namespace Kopeck.Server.Grpc.Reading;

/// <summary>The words that enum values stand for: <c>FREEZE_SCOPE_ALL</c> is <c>all</c>.</summary>
static class EnumWords
{
    static readonly ConcurrentDictionary<EnumDescriptor, EnumTable> Tables = new();

    /// <summary>The word of a value; its number for one that is not known, and null for the unspecified one.</summary>
    public static string? Word(EnumDescriptor descriptor, int number) =>
        number == 0 ? null : Table(descriptor).Words.GetValueOrDefault(number) ?? number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The value of a word.</summary>
    public static T Value<T>(EnumDescriptor descriptor, string word)
        where T : struct, Enum => (T)Enum.ToObject(typeof(T), Table(descriptor).Numbers[word]);

    static EnumTable Table(EnumDescriptor descriptor) => Tables.GetOrAdd(descriptor, Make);

    static EnumTable Make(EnumDescriptor descriptor)
    {
        // The values' common start is the enum's own name.
        var prefix = descriptor.Values[0].Name.Length - "UNSPECIFIED".Length;
        var words = descriptor.Values.ToDictionary(value => value.Number, value => value.Name[prefix..].ToLowerInvariant());
        return new EnumTable(words, words.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal));
    }

    sealed record EnumTable(Dictionary<int, string> Words, Dictionary<string, int> Numbers);
}
