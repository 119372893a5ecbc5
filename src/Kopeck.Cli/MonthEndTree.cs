using System.CommandLine;
using Kopeck.Cli.Commands;
using Kopeck.Statements.Writing;

namespace Kopeck.Cli;

/// <summary><c>kopeck statements</c>.</summary>
static class MonthEndTree
{
    public static Command Build(Option<string> book, Option<string?> zone, Option<string?> at, Option<string?> lang)
    {
        var month = new Option<string>("--month") { Description = "The month, such as 2026-10", Required = true };
        var output = new Option<string>("--output") { Description = "The folder for the files and their index; it is made where it is not there", Required = true };
        var format = new Option<string>("--format") { Description = $"{string.Join(", ", StatementFormats.All.Select(writer => writer.Format))}; pdf if left out", DefaultValueFactory = _ => "pdf" };
        var customers =
            new Option<string?>("--customers") { Description = "The ids of those who get one, parted by commas; everybody if left out" };
        var parallel = new Option<int?>("--parallel") { Description = "How many are drawn at a time; one a processor if left out" };
        return CommandTree.Command(
            "statements",
            "Draws all customers' statements of a month into a folder, with an index of digests. Stopped, it goes on when it is run again. Example: kopeck statements --month 2026-10 --output october",
            (settings, result) => MonthEndCommand.RunAsync(settings, new MonthEndArguments(
                result.GetRequiredValue(book),
                result.GetRequiredValue(month),
                result.GetRequiredValue(format),
                result.GetRequiredValue(output),
                result.GetValue(customers),
                result.GetValue(parallel),
                new DrawArguments(
                    result.GetRequiredValue(book), null, null, result.GetValue(at), null, result.GetValue(lang), null, false,
                    result.GetValue(zone)))),
            month, format, output, customers, parallel, zone, at, lang, book);
    }
}
