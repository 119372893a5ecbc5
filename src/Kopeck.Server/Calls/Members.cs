using Kopeck.Ledger.Fields;
using Kopeck.Server.Bodies;
using Kopeck.Server.Queries;

namespace Kopeck.Server.Calls;

/// <summary>Members and parameters that several calls have.</summary>
static class Members
{
    public static Member Amount { get; } = new("amount", MemberKind.Amount, "How much, as a decimal string such as \"100.00\"; more than zero, with at most the currency's decimals") { IsRequired = true };

    public static Member Description { get; } = new("description", MemberKind.Text, "What it was for. Not for personal data: it cannot be erased") { Field = FieldTypes.Description };

    public static Member Metadata { get; } = new("metadata", MemberKind.Metadata, "A JSON object of your own. Not for personal data: it cannot be erased") { Field = FieldTypes.Metadata };

    public static Member Code { get; } = new("code", MemberKind.Text, "Your own name of the account, unique in the book") { Field = FieldTypes.AccountCode };

    public static Member Currency(string description, bool isRequired) => new("currency", MemberKind.Currency, description) { IsRequired = isRequired };

    public static Member Id(string name, string description) => new(name, MemberKind.Id, description) { IsRequired = true };

    public static QueryParameter Since { get; } = new("since", ParameterKind.Instant, "From this instant on; a bare date is midnight UTC");

    public static QueryParameter Until { get; } = new("until", ParameterKind.Instant, "Before this instant; a bare date is midnight UTC");

    public static QueryParameter At { get; } = new("at", ParameterKind.Moment, "As that journal number left it, or as of an instant in the past");
}
