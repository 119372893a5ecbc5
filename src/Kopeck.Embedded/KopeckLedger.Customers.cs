using System.Collections.Immutable;
using Kopeck.Embedded.Inputs;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;

namespace Kopeck.Embedded;

public sealed partial class KopeckLedger
{
    /// <summary>Registers a customer, with a currency its first wallet too.</summary>
    [LedgerCall("POST", "/v1/customers")]
    public ValueTask<LedgerResult<Registration>> RegisterAsync(RegisterRequest request) => ChangeAsync(
        Scopes.Transfer,
        request,
        input =>
        {
            var texts = CustomerDetails.Columns.Select(column => input.Column(column, Text(request, column), isRequired: !column.IsNullable)).ToArray();
            var country = input.Field<CountryCode>("country", request.Country);
            var currency = input.OptionalCurrency("currency", request.Currency);
            CustomerDetails? details = null;
            if (input.Refusal is null && !CustomerDetails.TryCreate(texts, out details, out var errors))
            {
                foreach (var (column, error) in errors)
                    input.Add(column.JsonName, error);
            }

            return new RegisterCustomer(country, details!, currency);
        },
        outcome => new Registration(outcome.Customer!, outcome.Account));

    /// <summary>Changes a customer: what is left out stays.</summary>
    [LedgerCall("PATCH", "/v1/customers/{id}")]
    public ValueTask<LedgerResult<Customer>> ChangeCustomerAsync(LedgerId customer, ChangeRequest request) => ChangeAsync(
        Scopes.Transfer,
        request,
        input =>
        {
            var changes = ImmutableArray.CreateBuilder<DetailChange>();
            var names = CustomerDetails.Columns.Select(column => column.JsonName).Append("country").ToList();
            foreach (var unknown in request.Clear.Where(name => !names.Contains(name, StringComparer.Ordinal)))
                input.Add(unknown, new FieldError("unknown_value", $"What can be cleared is one of {string.Join(", ", names)}"));
            for (var place = 0; place < CustomerDetails.Columns.Count; place++)
            {
                var column = CustomerDetails.Columns[place];
                var isCleared = request.Clear.Contains(column.JsonName, StringComparer.Ordinal);
                var text = Text(request, column);
                if (isCleared && !column.IsNullable)
                    input.Missing(column.JsonName);
                else if (isCleared || text is not null)
                    changes.Add(new DetailChange(place, isCleared ? null : input.Column(column, text, isRequired: false)));
            }

            if (request.Clear.Contains("country", StringComparer.Ordinal))
                input.Missing("country");
            return new ChangeCustomer(customer.Number, input.OptionalField<CountryCode>("country", request.Country), changes.ToImmutable());
        },
        outcome => outcome.Customer!);

    /// <summary>Erases a customer's personal values, past and present, for ever.</summary>
    [LedgerCall("DELETE", "/v1/customers/{id}/personal-data")]
    public ValueTask<LedgerResult<Customer>> EraseCustomerAsync(LedgerId customer, CallOptions? call = null) =>
        ChangeAsync(Scopes.Admin, call, _ => new EraseCustomer(customer.Number), outcome => outcome.Customer!);

    /// <summary>A customer.</summary>
    [LedgerCall("GET", "/v1/customers/{id}")]
    public ValueTask<LedgerResult<Customer>> GetCustomerAsync(LedgerId customer, CancellationToken cancellationToken = default) => ReadAsync(Scopes.Read, async () =>
    {
        var (found, number) = await Reader.GetCustomerAsync(book, customer.Number, cancellationToken).ConfigureAwait(false);
        return found is null ? NotFound<Customer>("customer") : new LedgerResult<Customer>(found) { AsOf = number };
    });

    /// <summary>Lists customers.</summary>
    [LedgerCall("GET", "/v1/customers")]
    public ValueTask<LedgerResult<LedgerPage<Customer>>> ListCustomersAsync(CustomerQuery? query = null, CancellationToken cancellationToken = default)
    {
        var asked = query ?? new CustomerQuery();
        return ListAsync(
            "/v1/customers/",
            asked,
            reader => new CustomerFilter(reader.Text("name", asked.Name), reader.Field<CustomerCode>("code", asked.Code), reader.Field<CountryCode>("country", asked.Country)),
            (filter, page) => Reader.ListCustomersAsync(book, filter, page, cancellationToken));
    }

    // The columns are the tables': one that is added to them has its property here, which a test demands.
    static string? Text(RegisterRequest request, Column column) => column.JsonName switch
    {
        "name" => request.Name,
        "city" => request.City,
        "code" => request.Code,
        "metadata" => request.Metadata,
        _ => throw new NotSupportedException($"A customer's {column.JsonName} is not in the embedded ledger"),
    };

    static string? Text(ChangeRequest request, Column column) =>
        Text(new RegisterRequest(request.Name, request.Country, request.City) { Code = request.Code, Metadata = request.Metadata }, column);

    /// <summary>A page of a list.</summary>
    async ValueTask<LedgerResult<LedgerPage<T>>> ListAsync<T, TFilter>(
        string list, ListQuery query, Func<QueryReader, TFilter> read, Func<TFilter, PageRequest, ValueTask<AsOf<Page<T>>>> find) => await ReadAsync(Scopes.Read, async () =>
    {
        var reader = new QueryReader();
        var filter = read(reader);
        var page = reader.Page(book, list, query);
        if (reader.Refusal is { } refusal)
            return new LedgerResult<LedgerPage<T>>(refusal);
        var (found, number) = await find(filter, page).ConfigureAwait(false);
        return new LedgerResult<LedgerPage<T>>(new LedgerPage<T>(found.Items, reader.Next(book, list, found))) { AsOf = number == 0 ? null : number };
    }).ConfigureAwait(false);
}
