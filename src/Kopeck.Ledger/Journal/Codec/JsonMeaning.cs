using System.Text;
using System.Text.Json;

namespace Kopeck.Ledger.Journal.Codec;

/// <summary>
/// JSON by its meaning: members ordered by the UTF-16 code units of their names, as RFC 8785 (3.2.3) does, in nested objects too, and
/// numbers that are equal written alike. Unlike there, numbers are exact, whatever their length.
/// </summary>
static class JsonMeaning
{
    /// <summary>Two texts of the same meaning give the same text.</summary>
    /// <param name="json">Valid JSON without unpaired surrogates.</param>
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        var canonical = new CanonicalJson();
        Write(canonical, document.RootElement);
        return Encoding.UTF8.GetString(canonical.Written);
    }

    static void Write(CanonicalJson canonical, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                canonical.StartObject();
                foreach (var member in json.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                    Write(canonical.Name(member.Name), member.Value);
                canonical.EndObject();
                break;
            case JsonValueKind.Array:
                canonical.StartArray();
                foreach (var item in json.EnumerateArray())
                    Write(canonical, item);
                canonical.EndArray();
                break;
            case JsonValueKind.String:
                canonical.Text(json.GetString()!);
                break;
            case JsonValueKind.Number:
                canonical.Raw(Number(json.GetRawText()));
                break;
            default:
                canonical.Raw(json.GetRawText());
                break;
        }
    }

    // All digits without zeros at either end, and the power of ten of the last: 1, 1.0 and 10e-1 are 1; 1500 is 15e2. Exact, and bounded by
    // what was written.
    static string Number(string written)
    {
        var isNegative = written[0] == '-';
        var exponentAt = written.AsSpan().IndexOfAny('e', 'E');
        var mantissa = written.AsSpan(isNegative ? 1 : 0, (exponentAt < 0 ? written.Length : exponentAt) - (isNegative ? 1 : 0));
        var point = mantissa.IndexOf('.');
        var digits = point < 0 ? mantissa.ToString() : string.Concat(mantissa[..point], mantissa[(point + 1)..]);
        var significant = digits.TrimStart('0').TrimEnd('0');
        if (significant.Length == 0)
            return "0";
        System.Numerics.BigInteger exponent = exponentAt < 0
            ? 0
            : System.Numerics.BigInteger.Parse(
                written.AsSpan(exponentAt + 1), System.Globalization.NumberStyles.AllowLeadingSign,
                System.Globalization.CultureInfo.InvariantCulture);
        exponent += digits.Length - digits.TrimEnd('0').Length - (point < 0 ? 0 : mantissa.Length - point - 1);
        var power = exponent.IsZero ? "" : "e" + exponent.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return (isNegative ? "-" : "") + significant + power;
    }
}
