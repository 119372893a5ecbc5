using System.Globalization;
using Kopeck.Cli.Settings;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;

namespace Kopeck.Cli.Commands;

/// <summary>What statements and reports have in common, as it was typed; read strictly.</summary>
sealed record DrawArguments(string Book, string? SinceText, string? UntilText, string? AtText, string? Format, string? Lang, string? Output, bool Overwrite)
{
    const string DefaultFormat = "csv";

    public Instant? Since => Time("--since", SinceText);

    public Instant? Until => Time("--until", UntilText);

    public PinPoint? At
    {
        get
        {
            if (AtText is null)
                return null;
            if (AtText.All(char.IsAsciiDigit) && long.TryParse(AtText, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return new PinPoint(number, null);
            return Instant.TryParse(AtText, out var instant) ? new PinPoint(null, instant) : throw new UsageException($"--at is \"{AtText}\": give a journal number, or an instant or a date in the past");
        }
    }

    public Language Language
    {
        get
        {
            if (Lang is null)
                return Language.Default;
            return Language.Find(Lang) ?? throw new UsageException($"--lang is \"{Lang}\": use {string.Join(" or ", Language.All.Select(language => language.Code))}");
        }
    }

    /// <summary>The format that was named, or that the ending of the file names.</summary>
    public T Choose<T>(IReadOnlyList<T> formats, Func<T, string> name, Func<T, string> extension)
        where T : class
    {
        if (Format is not null)
            return formats.FirstOrDefault(format => name(format) == Format) ?? throw new UsageException($"--format is \"{Format}\": use {string.Join(", ", formats.Select(name))}");
        var ending = Path.GetExtension(Output ?? "").TrimStart('.');
        if (ending.Length == 0)
            return formats.First(format => name(format) == DefaultFormat);
        return formats.FirstOrDefault(format => name(format) == ending) ?? formats.FirstOrDefault(format => extension(format) == ending)
            ?? throw new UsageException($"--output ends with .{ending}, which is no format: say --format {string.Join(", ", formats.Select(name))}");
    }

    static Instant? Time(string option, string? text)
    {
        if (text is null)
            return null;
        return Instant.TryParse(text, out var instant) ? instant : throw new UsageException($"{option} is \"{text}\": give a date such as 2026-11-23, or an instant such as 2026-11-23T09:15:02Z");
    }
}

/// <summary>Whose statement: one of the three.</summary>
sealed record StatementArguments(string? Wallet, string? Customer, string? Name, DrawArguments Common)
{
    public StatementSubject Subject => (Wallet, Customer, Name) switch
    {
        ({ } wallet, null, null) => new StatementSubject.OfWallet(Id("--wallet", wallet)),
        (null, { } customer, null) => new StatementSubject.OfCustomer(Id("--customer", customer)),
        (null, null, { } name) => new StatementSubject.OfName(CustomerName.TryParse(name, out var parsed, out var error) ? parsed.Value : throw new UsageException($"--name: {error.Detail}")),
        _ => throw new UsageException("Say whose statement: one of --wallet ID, --customer ID, --name NAME"),
    };

    static long Id(string option, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw new UsageException($"{option} is \"{text}\": an id is digits");
}
