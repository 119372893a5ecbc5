using System.Globalization;
using Kopeck.Cli.Settings;
using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;

namespace Kopeck.Cli.Commands;

/// <summary>What statements and reports have in common, as it was typed; read strictly.</summary>
sealed record DrawArguments(
    string Book, string? SinceText, string? UntilText, string? AtText, string? Format, string? Lang, string? Output, bool Overwrite,
    string? ZoneText = null)
{
    const string DefaultFormat = "csv";

    public PeriodBound? Since => Time("--since", SinceText);

    public PeriodBound? Until => Time("--until", UntilText);

    /// <summary>Null is the book's time zone.</summary>
    public DayZone? Zone => ZoneText is null
        ? null
        : DayZone.Find(ZoneText) ?? throw new UsageException($"--tz is \"{ZoneText}\": give a name of the IANA's, such as Europe/Berlin");

    public PointInTime? At
    {
        get
        {
            if (AtText is null)
                return null;
            return PointInTime.TryParse(AtText, out var point)
                ? point
                : throw new UsageException($"--at is \"{AtText}\": give a journal number, or an instant or a date in the past");
        }
    }

    public Language Language
    {
        get
        {
            if (Lang is null)
                return Language.Default;
            return Language.Find(Lang)
                ?? throw new UsageException(
                    $"--lang is \"{Lang}\": use {string.Join(" or ", Language.All.Select(language => language.Code))}");
        }
    }

    /// <summary>The format that was named, or that the ending of the file names.</summary>
    public T Choose<T>(IReadOnlyList<T> formats, Func<T, string> name, Func<T, string> extension)
        where T : class
    {
        if (Format is not null)
            return formats.FirstOrDefault(format => name(format) == Format)
                ?? throw new UsageException($"--format is \"{Format}\": use {string.Join(", ", formats.Select(name))}");
        var ending = Path.GetExtension(Output ?? "").TrimStart('.');
        if (ending.Length == 0)
            return formats.First(format => name(format) == DefaultFormat);
        return formats.FirstOrDefault(format => name(format) == ending) ?? formats.FirstOrDefault(format => extension(format) == ending)
            ?? throw new UsageException(
                $"--output ends with .{ending}, which is no format: say --format {string.Join(", ", formats.Select(name))}");
    }

    static PeriodBound? Time(string option, string? text)
    {
        if (text is null)
            return null;
        return PeriodBound.TryParse(text, out var bound)
            ? bound
            : throw new UsageException(
                $"{option} is \"{text}\": give a date such as 2026-11-23, or an instant such as 2026-11-23T09:15:02Z");
    }
}

/// <summary>Whose statement: one of the four.</summary>
sealed record StatementArguments(string? Wallet, string? Account, string? Customer, string? Name, bool WithHolds, DrawArguments Common)
{
    public StatementSubject Subject => (Wallet, Account, Customer, Name) switch
    {
        (null, { } account, null, null) => new StatementSubject.OfAccount(Id("--account", account)),
        ({ } wallet, null, null, null) => new StatementSubject.OfWallet(Id("--wallet", wallet)),
        (null, null, { } customer, null) => new StatementSubject.OfCustomer(Id("--customer", customer)),
        (null, null, null, { } name) =>
            new StatementSubject.OfName(
                CustomerName.TryParse(name, out var parsed, out var error)
                    ? parsed.Value
                    : throw new UsageException($"--name: {error.Detail}")),
        _ => throw new UsageException("Say whose statement: one of --wallet ID, --account ID, --customer ID, --name NAME"),
    };

    static long Id(string option, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new UsageException($"{option} is \"{text}\": an id is digits");
}
