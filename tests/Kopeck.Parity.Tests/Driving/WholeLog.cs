using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Kopeck.Parity.Tests.Driving;

/// <summary>
/// All that a server logs, at every level and of every category, the framework's own too: no scenario may cause an error in it, and nothing
/// secret or personal may be told there, whatever was asked.
/// </summary>
sealed partial class WholeLog : ILoggerProvider, ILogger
{
    // Shorter texts are parts of other words, or words that a line may well have.
    const int ShortestText = 8;

    readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = new();
    readonly ConcurrentDictionary<string, bool> seeded = new(StringComparer.Ordinal);

    public void Configure(ILoggingBuilder builder) => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(this);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        // What is logged as an object tells its values beside its text.
        var values = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
        lines.Enqueue((logLevel, $"{formatter(state, exception)} {exception} {string.Join(' ', values.Select(value => value.Value))}"));
    }

    /// <summary>Takes down what is personal about a step: it may stand in no line.</summary>
    public void Seed(Step step)
    {
        switch (step)
        {
            case RegisterCustomer s:
                Seed(s.Name, s.City, s.Code);
                SeedLong(s.Metadata);
                break;
            case ChangeCustomer s:
                Seed(s.Name, s.City, s.Code);
                SeedLong(s.Metadata);
                break;
            case ListCustomers s:
                Seed(s.Name, s.Code);
                break;
            case GetStatement s:
                Seed(s.Name);
                break;
            case MoneyStep s:
                SeedLong(s.Description, s.Metadata);
                break;
            case SubmitBatch s:
                Array.ForEach(s.Items, Seed);
                break;
            case Submit s:
                Array.ForEach(s.Items, Seed);
                break;
        }
    }

    /// <summary>Fails when there is an error, a key's secret or a seeded value in any line.</summary>
    public void AssertQuiet()
    {
        var told = lines.ToArray();
        Assert.NotEmpty(told);
        Assert.DoesNotContain(told, line => line.Level >= LogLevel.Error);
        Assert.All(told, line => Assert.DoesNotMatch(Secret(), line.Text));
        foreach (var value in seeded.Keys)
        {
            Assert.All(told, line =>
            {
                Assert.False(Has(line.Text, value), $"{value} is in the log: {line.Text}");
                Assert.False(Has(line.Text, Uri.EscapeDataString(value)), $"{value} is in the log: {line.Text}");
            });
        }
    }

    public void Dispose()
    {
        // Nothing to let go of.
    }

    void Seed(params string?[] values)
    {
        foreach (var value in values)
        {
            if (value?.Trim() is { Length: >= 3 } text)
                seeded.TryAdd(text, true);
        }
    }

    void SeedLong(params string?[] values) => Seed([.. values.Where(value => value?.Length >= ShortestText)]);

    // As a word of its own: a name such as Ada begins other words.
    static bool Has(string text, string value)
    {
        for (var at = text.IndexOf(value, StringComparison.Ordinal); at >= 0; at = text.IndexOf(value, at + 1, StringComparison.Ordinal))
        {
            var end = at + value.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                return true;
        }

        return false;
    }

    [GeneratedRegex("kopeck_[A-Za-z0-9_-]{20,}", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Secret();
}
