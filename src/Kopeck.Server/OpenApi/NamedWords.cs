using System.Text.Json.Nodes;
using Kopeck.Api.Answers;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Reference;
using Kopeck.Ledger.Reversals;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Reports;
using Kopeck.Statements.Writing;

namespace Kopeck.Server.OpenApi;

/// <summary>The document's closed lists of words, each said once under a name of its own.</summary>
static class NamedWords
{
    static readonly (string Name, string Description, IReadOnlyList<string> Words)[] Lists =
    [
        ("ErrorCode", "What went wrong: stable, for programs", [.. Enum.GetValues<ErrorCode>().Select(code => code.Name())]),
        ("FieldErrorCode", "What is wrong with a field or a parameter: stable, for programs", FieldErrorCodes.All),
        (
            "CurrencyCode",
            "A currency of ISO 4217 that can hold money",
            [.. Currencies.All.Where(currency => currency.MinorUnits is not null).Select(currency => currency.Code)]),
        ("OperationKind", "What an operation did", [.. KindList.Names]),
        ("AccountKind", "What an account is for", AccountWords.Kinds.All),
        ("AccountStatus", "What may still happen to an account", AccountWords.Statuses.All),
        ("FreezeExtent", "debits: money still comes in; all: nothing moves", AccountWords.Freezes.All),
        ("HoldStatus", "How a hold stands", HoldStatuses.All),
        ("ReversedState", "How much of an operation was reversed", ReversedStates.Words.All),
        ("Difference", "Who bears what the rate moved since the original", Differences.All),
        ("OnInsufficient", "Where the receiver has less: reject, or take what is available", ["reject", "partial"]),
        ("Scope", "What a key may do; admin is everything", ScopeNames.All),
        ("ListOrder", "Oldest or newest first", ["asc", "desc"]),
        ("StatementFormat", "A format of statements", [.. StatementFormats.All.Select(writer => writer.Format)]),
        ("ReportFormat", "A format of reports", [.. ReportFormats.All.Select(writer => writer.Format)]),
        ("Language", "A language of headings", [.. Language.All.Select(language => language.Code)]),
    ];

    /// <summary>The schema of each, by name.</summary>
    public static IEnumerable<(string Name, JsonObject Schema)> All() => Lists.Select(list => (list.Name, Schema(list.Name)));

    /// <summary>The name of a list of words.</summary>
    public static JsonObject Reference(IReadOnlyList<string> words) => Shapes.Reference(
        Lists.First(list => list.Words.SequenceEqual(words, StringComparer.Ordinal)).Name);

    public static JsonObject Schema(string name)
    {
        var list = Lists.First(other => other.Name == name);
        return new JsonObject
        {
            ["type"] = "string",
            ["enum"] = new JsonArray([.. list.Words.Select(word => (JsonNode)word)]),
            ["description"] = list.Description,
        };
    }
}
