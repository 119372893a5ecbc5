using System.Text.RegularExpressions;

namespace Kopeck.Postgres.Tests.Statements;

/// <summary>A statement that a server was asked to carry out, with the values of its parameters as text.</summary>
sealed record SentStatement(string Text, IReadOnlyDictionary<string, string?> Values);

/// <summary>What a server with <c>log_statement = all</c> tells of its work.</summary>
static partial class StatementLog
{
    public static IReadOnlyList<SentStatement> Read(string log)
    {
        var entries = new List<(string Process, string Kind, string Text)>();
        foreach (var line in log.Split('\n'))
        {
            if (Entry().Match(line) is { Success: true } match)
                entries.Add((match.Groups["process"].Value, match.Groups["kind"].Value, match.Groups["text"].Value));
            else if (entries.Count > 0)
                entries[^1] = entries[^1] with { Text = entries[^1].Text + "\n" + line };
        }

        var statements = new List<SentStatement>();
        for (var place = 0; place < entries.Count; place++)
        {
            if (entries[place].Kind != "LOG" || Statement().Match(entries[place].Text) is not { Success: true } match)
                continue;
            var values = new Dictionary<string, string?>(StringComparer.Ordinal);
            if (place + 1 < entries.Count && entries[place + 1] is { Kind: "DETAIL" } detail && detail.Process == entries[place].Process)
            {
                foreach (Match value in Value().Matches(detail.Text))
                    values[value.Groups["name"].Value] =
                        value.Groups["text"].Success ? value.Groups["text"].Value.Replace("''", "'", StringComparison.Ordinal) : null;
            }

            statements.Add(new SentStatement(Blank().Replace(Comment().Replace(match.Groups["text"].Value, ""), " ").Trim(), values));
        }

        return statements;
    }

    [GeneratedRegex("^\\d{4}-\\d\\d-\\d\\d [^\\[]*\\[(?<process>\\d+)\\] (?<kind>[A-Z]+):  (?<text>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();

    [GeneratedRegex("^(execute [^:]+|statement): (?<text>.*)$", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Statement();

    [GeneratedRegex("(?<name>\\$\\d+) = (NULL|'(?<text>(?:[^']|'')*)')", RegexOptions.ExplicitCapture)]
    private static partial Regex Value();

    [GeneratedRegex("--[^\\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blank();
}
