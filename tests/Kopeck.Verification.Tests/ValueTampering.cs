using System.Text;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Verification.Tests;

/// <summary>Other values to put in a value's place: near misses, other types, nothing.</summary>
static class ValueTampering
{
    public static IEnumerable<object?> Of(object? value)
    {
        IEnumerable<object?> others = value switch
        {
            null => [0L, 1L, "", "x", new byte[32], Array.Empty<byte>()],
            long number =>
                [
                    unchecked(number + 1), unchecked(number - 1), unchecked(-number), long.MaxValue, long.MinValue, null, "x",
                    number.ToString(System.Globalization.CultureInfo.InvariantCulture), 1.5m, Array.Empty<byte>()],
            string text =>
                [
                    text + "x", text + "\0garbage", text + "0", ChangeLast(text), text.Length > 1 ? text[1..] : "y", "", null, 7L,
                    Encoding.UTF8.GetBytes(text), text.ToUpperInvariant(), text.Normalize(NormalizationForm.FormD)],
            byte[] bytes =>
                [
                    Flip(bytes, 0), Flip(bytes, bytes.Length - 1), bytes[..^Math.Min(1, bytes.Length)], (byte[])[.. bytes, 0],
                    Array.Empty<byte>(), null, 7L, Convert.ToHexString(bytes)],
            _ => throw new ArgumentException($"{value.GetType()} is no column's type", nameof(value)),
        };
        return others.Where(other => RawDatabase.Describe(other) != RawDatabase.Describe(value) || other?.GetType() != value?.GetType());
    }

    static string ChangeLast(string text) => text.Length == 0 ? "z" : text[..^1] + (char)(text[^1] ^ 1);

    static byte[] Flip(byte[] bytes, int place)
    {
        if (bytes.Length == 0)
            return [1];
        var flipped = bytes.ToArray();
        flipped[place] ^= 0x10;
        return flipped;
    }
}
