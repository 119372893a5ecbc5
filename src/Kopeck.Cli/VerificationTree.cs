using System.CommandLine;
using Kopeck.Cli.Commands;

namespace Kopeck.Cli;

/// <summary>Commands that prove, rebuild and export a book.</summary>
static class VerificationTree
{
    public static IEnumerable<Command> Build(Option<string> book, Option<bool> json)
    {
        var fromHead = new Option<string?>("--from-head")
        {
            Description = "NUMBER:HASH of a head that was noted elsewhere: finds a tail that was rewritten or cut off, too"
        };
        yield return CommandTree.Command(
            "verify", "Replays a book from its first operation and compares everything, also while it is served",
            (settings, result) =>
                VerificationCommands.VerifyAsync(settings, result.GetRequiredValue(book), result.GetValue(fromHead), result.GetValue(json)),
            book, fromHead, json);
        yield return CommandTree.Command(
            "rebuild", "Makes the derived tables of a book anew from its journal",
            (settings, result) => VerificationCommands.RebuildAsync(settings, result.GetRequiredValue(book)), book);
        var after = new Option<long>("--after") { Description = "Only operations after this number" };
        var output = new Option<string?>("--output") { Description = "The file to write; standard output if left out" };
        var withoutPersonal = new Option<bool>("--without-personal") { Description = "Leave the personal values out" };
        yield return new Command("journal", "The journal")
        {
            CommandTree.Command(
                "export", "Writes one JSON line an operation, with all that is needed to check the hashes (docs/journal.md)",
                (settings, result) =>
                    VerificationCommands.ExportAsync(
                        settings, result.GetRequiredValue(book), result.GetValue(after), result.GetValue(output),
                        !result.GetValue(withoutPersonal)),
                book, after, output, withoutPersonal),
        };
    }
}
