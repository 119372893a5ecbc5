using System.Collections.Immutable;
using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks to change a customer: what is left out stays.</summary>
public sealed record ChangeCustomerRequest : CustomerRequest
{
    static readonly Call Definition = new Call<ChangeCustomerRequest, CustomerAnswer>(
        "PATCH", "/v1/customers/{id}", "Changes a customer: members that are left out stay, null clears", RunAsync)
    {
        Scope = Scopes.Transfer,
        BodyKind = BodyKind.Json,
        BodyName = "ChangeCustomer",
        AnswerSchema = "Customer",
        In = take => [take.PathId(r => r.Id, (r, id) => r.Id = id)],
        Body = take =>
        [
            .. Columns(isChange: true),
            take.Text<CountryCode>(
                "country", Tables.Customers.Country.Description, r => r.Country, (r, country) => r.Country = country, refusesNull: true),
        ],
    };

    /// <summary>The customer.</summary>
    public LedgerId Id { get; set; }

    /// <summary>The new country, ISO 3166-1 alpha-2.</summary>
    public LedgerText<CountryCode> Country { get; set; }

    /// <summary>The names of what is cleared, such as <c>code</c>.</summary>
    public IReadOnlyList<string> Clear { get; set; } = [];

    /// <inheritdoc/>
    public override Call Call => Definition;

    internal override bool IsCleared(Column column) => Clear.Contains(column.JsonName, StringComparer.Ordinal);

    /// <summary>The names that are none of what can be cleared.</summary>
    internal override void Check(Problems problems)
    {
        var names = CustomerDetails.Columns.Select(column => column.JsonName);
        foreach (var name in Clear)
        {
            if (name == "country")
                problems.Add("/country", new FieldError("required", "country is null: it cannot be cleared"));
            else if (!CustomerDetails.Columns.Any(column => column.JsonName == name))
                problems.Add(
                    "/" + Pointer.Escape(name),
                    new FieldError("unknown_value", $"What can be cleared is one of {string.Join(", ", names)}"));
        }
    }

    static ValueTask<Result<CustomerAnswer>> RunAsync(CallContext context, ChangeCustomerRequest request)
    {
        var changes = ImmutableArray.CreateBuilder<DetailChange>();
        for (var place = 0; place < CustomerDetails.Columns.Count; place++)
        {
            if (request.IsGiven(place))
                changes.Add(new DetailChange(place, request.Text(place)));
        }

        return context.SubmitAsync(
            new ChangeCustomer(request.Id.Number, request.Country.OrNull, changes.ToImmutable()), request, CustomerAnswer.Of);
    }
}
