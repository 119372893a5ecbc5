using System.Globalization;
using Kopeck.Cli.Settings;
using Kopeck.Statements.Writing;

namespace Kopeck.Cli.Commands;

/// <summary>What a month's end was asked for, as it was typed; read strictly.</summary>
sealed record MonthEndArguments(
    string Book, string MonthText, string Format, string Output, string? CustomersText, int? ParallelText, DrawArguments Common)
{
    const int MaxParallel = 64;

    /// <summary>Its first day.</summary>
    public DateOnly Month =>
        DateOnly.TryParseExact(MonthText + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day
        : throw new UsageException($"--month is \"{MonthText}\": give a month such as 2026-10");

    public IStatementWriter Writer => StatementFormats.Find(Format)
        ?? throw new UsageException(
            $"--format is \"{Format}\": use {string.Join(", ", StatementFormats.All.Select(writer => writer.Format))}");

    public int Parallel => ParallelText switch
    {
        null => Environment.ProcessorCount,
        >= 1 and <= MaxParallel => ParallelText.Value,
        _ => throw new UsageException($"--parallel is {ParallelText}: give a number from 1 to {MaxParallel}"),
    };

    public IReadOnlySet<long>? Customers =>
        CustomersText?.Split(',').Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw new UsageException($"--customers has \"{text}\": ids are digits, parted by commas")).ToHashSet();
}
