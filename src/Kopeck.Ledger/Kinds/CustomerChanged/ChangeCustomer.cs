using System.Collections.Immutable;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>Changes some of a customer's values.</summary>
public sealed record ChangeCustomer(long Customer, CountryCode? Country, ImmutableArray<DetailChange> Changes) : Command
{
    /// <inheritdoc/>
    public override string Name => "change_customer";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Transfer;

    /// <inheritdoc/>
    public override bool IsPersonal => true;

    /// <inheritdoc/>
    public override bool MayHaveMade(IReadOnlyList<Operation> group) =>
        group[0].Body is CustomerChanged changed && changed.Customer == Customer && (Country is null || Country == changed.Country);

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs)
    {
        needs.Customers.Add(Customer);
        foreach (var change in Changes)
        {
            if (CustomerDetails.Columns[change.Column] == Tables.PersonalValues.Code && change.Text is { } code)
                needs.CustomerCodes.Add(CustomerCode.Parse(code));
        }
    }

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state)
    {
        writer.Add("customer", Customer).Add("country", Country?.Value);
        foreach (var (column, text) in Changes.OrderBy(change => change.Column))
        {
            // To clear a value is not to leave it alone.
            if (text is null)
                writer.Add("cleared", CustomerDetails.Columns[column].Name);
            else
                CustomerRules.WriteFingerprint(writer, column, text);
        }
    }

    /// <inheritdoc/>
    public override Rejection? CheckFields(Ruling on, out MinorAmounts amounts)
    {
        amounts = default;
        return Country is { } country ? CustomerRules.CheckCountry(country) : null;
    }

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts)
    {
        if (on.State.FindCustomer(Customer) is not { Details: { } before } customer)
            return CustomerRules.NotFound(Customer);
        var texts = Enumerable.Range(0, CustomerDetails.Columns.Count).Select(column => before[column]).ToArray();
        foreach (var (column, text) in Changes)
            texts[column] = text;
        if (!CustomerDetails.TryCreate(texts, out var details, out var errors))
            return Decision.Reject(
                Rejection.InvalidFields([.. errors.Select(error => new FieldProblem("/" + error.Item1.JsonName, error.Item2))]));
        var country = Country ?? customer.Country;
        if (details == before && country == customer.Country)
            return Decision.Unchanged(Touched.Customer(Customer));
        if (details.Code is { } code && on.State.FindCustomerByCode(code) is { } owner && owner != customer.Id)
            return CustomerRules.CodeTaken(code);
        var personal = new PersonalValues(customer.Id, on.Salts.Next(), details);
        var changed = new CustomerChanged(customer.Id, country, PersonalDigests.Compute(personal.Salt, details));
        return Decision.Of(new Draft(changed) { Personal = personal });
    }
}
