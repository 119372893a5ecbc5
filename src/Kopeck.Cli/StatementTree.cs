using System.CommandLine;
using Kopeck.Cli.Commands;
using Kopeck.Statements.Reports;
using Kopeck.Statements.Writing;

namespace Kopeck.Cli;

/// <summary>Commands that draw statements and reports.</summary>
static class StatementTree
{
    static readonly Option<string?> At = new("--at") { Description = "As of this journal number, or of an instant in the past; the last operation if left out. At the same number it is the same again" };
    static readonly Option<string?> Since = new("--since") { Description = "From this instant, or the beginning of this date, on" };
    static readonly Option<string?> Until = new("--until") { Description = "Before this instant, or the beginning of this date" };
    static readonly Option<string?> Lang = new("--lang")
    {
        Description = $"The language of headings: {string.Join(", ", Statements.Languages.Language.All.Select(language => language.Code))}"
    };
    static readonly Option<string?> Zone =
        new("--tz") { Description = "The time zone whose days count, such as Europe/Berlin; the book's if left out" };
    static readonly Option<string?> Output = new("--output") { Description = "The file to write, or a folder for a file with a name that says what it is; standard output if left out" };

    public static IEnumerable<Command> Build(Option<string> book, Option<bool> force)
    {
        var wallet = new Option<string?>("--wallet") { Description = "The wallet's id" };
        var account =
            new Option<string?>("--account") { Description = "The card of any account by its id, internal and system ones included" };
        var customer = new Option<string?>("--customer") { Description = "The customer's id, for all wallets" };
        var name = new Option<string?>("--name")
        {
            Description = "The customer's name or the start of it, case and accents ignored, for all wallets"
        };
        var holds = new Option<bool>("--holds") { Description = "Tell the holds that are open at --at too, in formats that tell them" };
        var format = Format(StatementFormats.All.Select(writer => writer.Format));
        yield return CommandTree.Command(
            "statement",
            "Draws a wallet's or a customer's statement. Example: kopeck statement --wallet 13 --since 2026-11-01 --until 2026-12-01 --output november.xlsx",
            (settings, result) => StatementCommands.DrawAsync(
                settings,
                new StatementArguments(
                    result.GetValue(wallet), result.GetValue(account), result.GetValue(customer), result.GetValue(name),
                    result.GetValue(holds),
                    Common(result, book, force, format))),
            wallet, account, customer, name, holds, Since, Until, Zone, At, format, Lang, Output, force, book);

        yield return MonthEndTree.Build(book, Zone, At, Lang);

        var report = new Argument<string>("REPORT") { Description = string.Join(", ", ReportReader.Names) };
        report.AcceptOnlyFromAmong([.. ReportReader.Names]);
        var date =
            new Option<string?>("--date") { Description = "exchange: the date of the quotes; the day of the last operation if left out" };
        var reportFormat = Format(ReportFormats.All.Select(writer => writer.Format));
        yield return CommandTree.Command(
            "report",
            "Draws a report of the whole book: trial balance, exchange positions, turnover by currency and day, list of postings. Example: kopeck report trial-balance --output balance.csv",
            (settings, result) =>
                StatementCommands.ReportAsync(
                    settings, result.GetRequiredValue(report), result.GetValue(date), Common(result, book, force, reportFormat)),
            report, date, Since, Until, Zone, At, reportFormat, Lang, Output, force, book);

        var program = new Argument<string>("FORMAT") { Description = string.Join(", ", BookExport.All.Select(export => export.Format)) };
        program.AcceptOnlyFromAmong([.. BookExport.All.Select(export => export.Format)]);
        yield return CommandTree.Command(
            "export",
            "Writes the whole book for another program. Example: kopeck export hledger --output book.journal",
            (settings, result) =>
                StatementCommands.ExportAsync(
                    settings, result.GetRequiredValue(program),
                    new DrawArguments(
                        result.GetRequiredValue(book), null, null, result.GetValue(At), null, null, result.GetValue(Output),
                        result.GetValue(force))),
            program, At, Output, force, book);
    }

    static Option<string?> Format(IEnumerable<string> words) =>
        new("--format") { Description = $"{string.Join(", ", words)}; by the ending of --output if left out, else csv" };

    static DrawArguments Common(ParseResult result, Option<string> book, Option<bool> force, Option<string?> format) => new(
        result.GetRequiredValue(book),
        result.GetValue(Since),
        result.GetValue(Until),
        result.GetValue(At),
        result.GetValue(format),
        result.GetValue(Lang),
        result.GetValue(Output),
        result.GetValue(force),
        result.GetValue(Zone));
}
