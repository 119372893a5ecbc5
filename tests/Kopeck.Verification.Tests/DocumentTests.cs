using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Kopeck.Verification.Tests;

/// <summary>The examples of docs/journal.md are right.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public async Task The_bytes_of_the_examples_have_the_digests_that_stand_below_them()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "journal.md"), TestContext.Current.CancellationToken);
        var examples = Example.Matches(text);
        Assert.Equal(8, examples.Count);
        foreach (Match example in examples)
        {
            var bytes = Convert.FromHexString(Noise.Replace(example.Groups["bytes"].Value, ""));
            Assert.Equal(example.Groups["digest"].Value, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
    }

    [GeneratedRegex(@"```hex\n(?<bytes>.*?)```\s*```sha256\n(?<digest>[0-9a-f]{64})\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Example { get; }

    [GeneratedRegex(@"#.*|\s", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Noise { get; }
}
