using System.Globalization;

namespace Kopeck.Ledger.Reference;

/// <summary>
/// Whether this machine's texts are whole. Nothing that is kept depends on them (<see cref="NormalForm"/>), but a runtime without them
/// shows, reads and compares texts otherwise than its operator expects.
/// </summary>
public static class MachineTexts
{
    /// <summary>
    /// Texts and their NFC: composition, order, singletons, exclusions, Hangul, beyond the BMP. All of them are stable since Unicode 3.1.
    /// </summary>
    internal static IReadOnlyList<(string Text, string Normal)> Probes { get; } =
    [
        ("e\u0301", "\u00E9"),
        ("A\u030A\u0301", "\u01FA"),
        ("a\u0302\u0323", "\u1EAD"),
        ("d\u0307\u0323", "\u1E0D\u0307"),
        ("\u212B", "\u00C5"),
        ("\u2126", "\u03A9"),
        ("\u0958", "\u0915\u093C"),
        ("\u09C7\u09BE", "\u09CB"),
        ("\u304B\u3099", "\u304C"),
        ("\u0438\u0306", "\u0439"),
        ("\u0627\u0653", "\u0622"),
        ("\u1112\u1161\u11AB", "\uD55C"),
        ("\uAC00\u11A8", "\uAC01"),
        ("\uF900", "\u8C48"),
        ("\U0001D15E", "\U0001D157\U0001D165"),
        ("\uFB01", "\uFB01"),
    ];

    /// <summary>What is wrong with the machine's normalization, in one line that says what to do; null when it is right.</summary>
    public static string? FindProblem() => FindProblem(Normalize);

    internal static string? FindProblem(Func<string, string> normalize)
    {
        foreach (var (text, normal) in Probes)
        {
            if (NormalForm.Compose(text) != normal)
                throw new InvalidOperationException($"The built-in table of Unicode is damaged: {Describe(text)}");
            if (normalize(text) != normal)
            {
                return $"This runtime does not normalize texts as Unicode does ({Describe(text)} should become {Describe(normal)}): "
                    + "unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT, leave InvariantGlobalization out of the program's settings, and install ICU";
            }
        }

        return null;
    }

    static string Describe(string text) =>
        string.Join(' ', text.EnumerateRunes().Select(rune => $"U+{rune.Value.ToString("X4", CultureInfo.InvariantCulture)}"));

#pragma warning disable RS0030 // The one place that asks the machine, in order to refuse it.
    static string Normalize(string text) => text.Normalize();
#pragma warning restore RS0030
}
