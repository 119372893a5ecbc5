using System.Globalization;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Reference;
using Kopeck.Relational.Reading;
using Kopeck.Relational.Rows;
using Kopeck.Relational.Sql;

namespace Kopeck.Relational;

/// <content>Reads of customers.</content>
public abstract partial class RelationalStore
{
    // No name holds U+10FFFF: a noncharacter. So it ends the range of what starts with a prefix.
    const string AfterAnyText = "\U0010FFFF";

    // So many customers of a name are sorted by id; of more, those come soon who are looked for in the order of the list.
    const int MaxSorted = 1_000;

    /// <inheritdoc/>
    public async ValueTask<AsOf<Customer?>> GetCustomerAsync(BookName book, long customer, CancellationToken cancellationToken)
    {
        Customer? found = null;
        var head = await ReadWithHeadAsync(
            Lane.Lookups,
            book,
            new Query($"{CustomerRows.Select} AND c.customer = $2").Add(book.Value).Add(customer)
                .Read(row => found = CustomerRows.Read(row)),
            cancellationToken).ConfigureAwait(false);
        return new AsOf<Customer?>(found, head);
    }

    /// <inheritdoc/>
    public async ValueTask<AsOf<Page<Customer>>> ListCustomersAsync(
        BookName book, CustomerFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var (low, high) =
            filter.NamePrefix is { } prefix && TextFold.Fold(prefix) is var folded ? (folded, folded + AfterAnyText) : (null, null);
        var ids = await OwnersAsync(book, filter, (low, high), cancellationToken).ConfigureAwait(false) is { } owners
            ? InOrder(owners, page)
            : await KeysAsync(book, page, [CustomerSource(filter, (low, high))], cancellationToken).ConfigureAwait(false);
        // Names, codes and countries change: whoever is shown is what was asked for in the same moment.
        var query = new Query("").Add(book.Value).AddKeys(ids);
        var conditions = CustomerConditions(query, filter, (low, high));
        var found = new Dictionary<long, Customer>(ids.Count);
        var rows = new Query($"{CustomerRows.Select} AND {Dialect.IsOneOf("c.customer", 2)}{conditions}");
        foreach (var value in query.Values)
            rows.Add(value);
        var head = await ReadWithHeadAsync(
            Lane.Pages,
            book,
            rows.Read(row => { var customer = CustomerRows.Read(row); found[customer.Id] = customer; }),
            cancellationToken).ConfigureAwait(false);
        return new AsOf<Page<Customer>>(PageOf(ids, found, page.Limit), head);
    }

    /// <summary>Who has a code, or a name, when they are few; null when they are looked for in the order of the list.</summary>
    async Task<List<long>?> OwnersAsync(
        BookName book, CustomerFilter filter, (string? Low, string? High) name, CancellationToken cancellationToken)
    {
        if (filter.Code is null && name.Low is null)
            return null;
        var values = new Query("").Add(book.Value).Add(MaxSorted + 1);
        var conditions = CustomerConditions(values, filter with { Country = null }, name);
        if (filter.Country is { } country)
            conditions += OfCountry(values.Add(country.Value).Values.Count);
        var query = new Query($"SELECT p.customer FROM personal_values p WHERE p.book = $1 AND p.is_current{conditions} LIMIT $2");
        foreach (var value in values.Values)
            query.Add(value);
        var owners = await AllAsync(Lane.Pages, query, row => row.Int64(0), cancellationToken).ConfigureAwait(false);
        return owners.Count > MaxSorted ? null : owners;
    }

    static string OfCountry(int place) => string.Create(
        CultureInfo.InvariantCulture,
        $" AND EXISTS (SELECT 1 FROM customers c WHERE c.book = $1 AND c.customer = p.customer AND c.country = ${place})");

    static List<long> InOrder(List<long> owners, PageRequest page)
    {
        var sorted = page.IsAscending
            ? owners.Where(id => page.After is not { } after || id > after.First).Order()
            : owners.Where(id => page.After is not { } after || id < after.First).OrderDescending();
        return [.. sorted.Take(page.Limit + 1)];
    }

    KeySource CustomerSource(CustomerFilter filter, (string? Low, string? High) name)
    {
        if (name.Low is null)
        {
            return KeySource.Of(
                $"""
                SELECT 0, c.customer FROM customers c WHERE c.book = $1 AND c.customer >= $2 AND c.customer < $3{(filter.Country is null ? "" : " AND c.country = $5")}
                ORDER BY c.customer {KeySource.Direction} LIMIT $4
                """,
                query => filter.Country is { } country ? query.Add(country.Value) : query);
        }

        return KeySource.Of(
            $"""
            SELECT 0, p.customer FROM personal_values p
            WHERE p.book = $1 AND p.customer >= $2 AND p.customer < $3 AND p.is_current
              AND {Dialect.Unindexed("p.name_folded")} >= $5 AND {Dialect.Unindexed("p.name_folded")} < $6{(filter.Country is null ? "" : OfCountry(7))}
            ORDER BY p.customer {KeySource.Direction} LIMIT $4
            """,
            query =>
                filter.Country is { } country ? query.Add(name.Low).Add(name.High).Add(country.Value) : query.Add(name.Low).Add(name.High),
            isScan: true);
    }

    static string CustomerConditions(Query query, CustomerFilter filter, (string? Low, string? High) name)
    {
        var conditions = "";
        if (filter.Code is { } code)
            conditions += $" AND p.code = ${query.Add(code.Value).Values.Count}";
        if (filter.Country is { } country)
            conditions += $" AND c.country = ${query.Add(country.Value).Values.Count}";
        if (name.Low is not null)
            conditions +=
                $" AND p.name_folded >= ${query.Add(name.Low).Values.Count} AND p.name_folded < ${query.Add(name.High).Values.Count}";
        return conditions;
    }
}
