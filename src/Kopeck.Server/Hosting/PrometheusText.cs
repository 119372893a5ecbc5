using System.Globalization;
using System.Text;
using Kopeck.Engine;

namespace Kopeck.Server.Hosting;

/// <summary>Durations in Prometheus' text form (0.0.4): seconds, as decimals that are exact.</summary>
static class PrometheusText
{
    /// <summary>Writes a histogram.</summary>
    /// <param name="labels">Such as <c>route="/v1/book"</c>; none if empty.</param>
    public static void Write(StringBuilder text, string name, string labels, DurationCounts durations)
    {
        var before = labels.Length > 0 ? labels + "," : "";
        var all = labels.Length > 0 ? $"{{{labels}}}" : "";
        var parts = durations.Parts;
        long below = 0;
        for (var place = 0; place < parts.Count; place++)
        {
            below += parts[place];
            var end = place < DurationCounts.Bounds.Count ? Seconds(DurationCounts.Bounds[place]) : "+Inf";
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{before}le=\"{end}\"}} {below}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{name}_sum{all} {Seconds(durations.SumMicroseconds)}\n");
        text.Append(CultureInfo.InvariantCulture, $"{name}_count{all} {below}\n");
    }

    static string Seconds(long microseconds)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1_000_000}.{microseconds % 1_000_000:D6}").TrimEnd('0');
        return text.TrimEnd('.');
    }
}
