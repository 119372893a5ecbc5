using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Reference;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>What the commands on customers have in common.</summary>
static class CustomerRules
{
    public static Rejection? CheckCountry(CountryCode country) =>
        Countries.TryFind(country.Value, out _)
            ? null
            : Rejection.InvalidFields(
                new FieldProblem("/country", "unknown_country", $"{country} is not an ISO 3166-1 alpha-2 code in use"));

    public static Decision NotFound(long customer) =>
        Decision.Reject(ErrorCode.NotFound, $"There is no customer {customer} in this book, or its personal data were erased");

    public static Decision CodeTaken(CustomerCode code) =>
        Decision.Reject(ErrorCode.AlreadyExists, $"The code {code} belongs to another customer of this book: choose another one");

    /// <summary>A personal value, by its column's name.</summary>
    public static void WriteFingerprint(FingerprintWriter writer, int column, string? text)
    {
        var name = CustomerDetails.Columns[column].Name;
        if (CustomerDetails.Columns[column] == Tables.PersonalValues.Metadata)
            writer.AddJson(name, text);
        else
            writer.Add(name, text);
    }

    /// <summary>Why an operation could not name a customer; null when it could.</summary>
    public static string? Recheck(BookState before, long id) => before.FindCustomer(id) switch
    {
        null => $"there is no customer {id}",
        { IsErased: true } => $"customer {id} was erased",
        _ => null,
    };
}
