using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Kopeck.House.Tests;

/// <summary>What readers of the history find: short subjects, and a change log for users.</summary>
public sealed partial class HistoryTests
{
    // The rule is younger than the first commits.
    const string RuledSince = "2026-11-29T02:00:00Z";
    const int MaxSubject = 72;

    [Fact]
    public void A_commits_subject_has_at_most_72_characters()
    {
        Assert.SkipUnless(Path.Exists(Path.Combine(Tree.Root, ".git")), "The sources were not cloned, so there is no history to read");
        var start = new ProcessStartInfo("git", ["-C", Tree.Root, "log", "--no-merges", "--format=%s", "--since=" + RuledSince])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var git = Process.Start(start)!;
        var subjects = git.StandardOutput.ReadToEnd().Split('\n');
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        Assert.DoesNotContain(subjects, subject => subject.Length > MaxSubject);
    }

    [Fact]
    public void The_change_log_says_what_was_added_changed_and_fixed_of_each_version()
    {
        string[] sections = ["### Added", "### Changed", "### Fixed", "### Removed", "### Security"];
        var lines = Tree.Lines("CHANGELOG.md");
        Assert.StartsWith("# Changelog", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, Version().IsMatch);
        Assert.All(lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)), line => Assert.Matches(Version(), line));
        Assert.All(lines.Where(line => line.StartsWith("### ", StringComparison.Ordinal)), line => Assert.Contains(line, sections));
    }

    [GeneratedRegex(@"^## \d+\.\d+\.\d+ \((unreleased|\d{4}-\d{2}-\d{2})\)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Version();
}
