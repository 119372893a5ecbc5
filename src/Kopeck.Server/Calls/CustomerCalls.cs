using System.Collections.Immutable;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Answers;
using Kopeck.Server.Bodies;
using Kopeck.Server.Queries;

namespace Kopeck.Server.Calls;

/// <summary>Customers.</summary>
static class CustomerCalls
{
    static readonly Member Country = Member.Of(Tables.Customers.Country);
    static readonly Shape RegisterBody = new("RegisterCustomer", [.. Tables.PersonalValues.Inputs.Select(Member.Of), Country, Members.Currency("Opens the first wallet in this currency", isRequired: false)]);
    static readonly Shape ChangeBody = new("ChangeCustomer", [.. Tables.PersonalValues.Inputs.Select(column => Member.Of(column) with { IsRequired = false, IsNullable = column.IsNullable, RefusesNull = !column.IsNullable }), Country with { IsRequired = false, RefusesNull = true }]);

    public static IEnumerable<Call> All =>
    [
        new("POST", "/v1/customers", "Registers a customer, with a currency its first wallet too", RegisterAsync)
            { Scope = Scopes.Transfer, BodyKind = BodyKind.Json, Body = RegisterBody, Success = 201, AnswerSchema = "CustomerWithWallets" },
        new("GET", "/v1/customers", "Lists customers", ListAsync)
        {
            Scope = Scopes.Read,
            AnswerSchema = "CustomerList",
            Query =
            [
                new("name", ParameterKind.Text, "What the name starts with; case and accents are ignored"),
                new("code", ParameterKind.Field, "Your own id of the customer") { Field = FieldTypes.CustomerCode },
                new("country", ParameterKind.Field, "Where the customer lives") { Field = FieldTypes.CountryCode },
                .. QueryParameter.Page,
            ],
        },
        new("GET", "/v1/customers/{id}", "A customer", GetAsync) { Scope = Scopes.Read, AnswerSchema = "Customer" },
        new("PATCH", "/v1/customers/{id}", "Changes a customer: members that are left out stay, null clears", ChangeAsync)
            { Scope = Scopes.Transfer, BodyKind = BodyKind.Json, Body = ChangeBody, AnswerSchema = "Customer" },
        new("DELETE", "/v1/customers/{id}/personal-data", "Erases a customer's personal values, past and present, for ever", EraseAsync)
            { Scope = Scopes.Admin, BodyKind = BodyKind.Empty, AnswerSchema = "Customer" },
    ];

    static ValueTask<Answer> RegisterAsync(CallContext context)
    {
        var body = context.Body;
        var texts = CustomerDetails.Columns.Select(column => body.OptionalText(column.JsonName)).ToArray();
        if (!CustomerDetails.TryCreate(texts, out var details, out var errors))
            return ValueTask.FromResult(Answer.Reject(Rejection.InvalidFields([.. errors.Select(error => new FieldProblem("/" + error.Item1.JsonName, error.Item2))])));
        var command = new RegisterCustomer(CountryCode.Parse(body.Text("country")), details, body.OptionalCurrency("currency"));
        return context.SubmitAsync(command, outcome => new CustomerContent(
            outcome.Customer!, AsOf(outcome), outcome.Account is { } wallet ? [new AccountContent(wallet, AsOf(outcome), outcome.IsDryRun)] : [], outcome.IsDryRun));
    }

    static async ValueTask<Answer> ListAsync(CallContext context)
    {
        if (context.Page(out var problem) is not { } page)
            return problem!;
        var query = context.Query;
        var filter = new CustomerFilter(
            query.Text("name"),
            query.Text("code") is { } code ? CustomerCode.Parse(code) : null,
            query.Text("country") is { } country ? CountryCode.Parse(country) : null);
        var (found, number) = await context.Reader.ListCustomersAsync(context.Book, filter, page, context.Cancelled);
        return context.List(found, customer => new CustomerContent(customer, number));
    }

    static async ValueTask<Answer> GetAsync(CallContext context)
    {
        var (customer, number) = await context.Reader.GetCustomerAsync(context.Book, context.PathId, context.Cancelled);
        return customer is null ? context.NotFound("customer") : Answer.Of(200, new CustomerContent(customer, number));
    }

    static ValueTask<Answer> ChangeAsync(CallContext context)
    {
        var body = context.Body;
        var changes = ImmutableArray.CreateBuilder<DetailChange>();
        for (var column = 0; column < CustomerDetails.Columns.Count; column++)
        {
            var name = CustomerDetails.Columns[column].JsonName;
            if (body.Has(name))
                changes.Add(new DetailChange(column, body.OptionalText(name)));
        }

        var country = body.OptionalText("country") is { } code ? CountryCode.Parse(code) : (CountryCode?)null;
        return context.SubmitAsync(new ChangeCustomer(context.PathId, country, changes.ToImmutable()), ToContent);
    }

    static ValueTask<Answer> EraseAsync(CallContext context) => context.SubmitAsync(new EraseCustomer(context.PathId), ToContent);

    static CustomerContent ToContent(Outcome outcome) => new(outcome.Customer!, AsOf(outcome));

    static long? AsOf(Outcome outcome) => outcome.IsDryRun ? null : outcome.AsOf;
}
