namespace Kopeck.Server.Tests;

/// <summary>Paths and queries that are wrong.</summary>
public static class BadQueries
{
    public static TheoryData<string, string, int, string, string> All { get; } = Make();

    static TheoryData<string, string, int, string, string> Make()
    {
        var data = new TheoryData<string, string, int, string, string>();
        void Query(string path, string errors) => data.Add("GET", path, 400, "invalid_query", errors);
        void Missing(string path) => data.Add("GET", path, 404, "not_found", "");
        void Unrouted(string path) => data.Add("GET", path, 404, "route_not_found", "");

        string[] lists = ["/v1/customers", "/v1/customers/$customer/wallets", "/v1/accounts", "/v1/operations", "/v1/quotes/USD"];
        foreach (var list in lists)
        {
            Query(list + "?limit=0", "limit:bad_value");
            Query(list + "?limit=1001", "limit:bad_value");
            Query(list + "?limit=-1", "limit:bad_value");
            Query(list + "?limit=01", "limit:bad_value");
            Query(list + "?limit=1e1", "limit:bad_value");
            Query(list + "?limit=", "limit:bad_value");
            Query(list + "?limit=5&limit=6", "limit:repeated");
            Query(list + "?limit=%D9%A1", "limit:bad_value");
            Query(list + "?order=newest", "order:bad_value");
            Query(list + "?order=ASC", "order:bad_value");
            Query(list + "?cursor=", "cursor:bad_value");
            Query(list + "?cursor=AAAA", "cursor:bad_value");
            Query(list + "?cursor=%2B%2F%3D", "cursor:bad_value");
            Query(list + "?cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "cursor:bad_value");
            Query(list + "?page=2", "page:unknown_parameter");
            Query(list + "?Limit=5", "Limit:unknown_parameter");
            Query(list + "?dryRun=true", "dryRun:unknown_parameter");
        }

        Query("/v1/accounts/$wallet?at=x", "at:bad_value");
        Query("/v1/accounts/$wallet?at=", "at:bad_value");
        Query("/v1/accounts/$wallet?at=-1", "at:bad_value");
        Query("/v1/accounts/$wallet?at=1.5", "at:bad_value");
        Query("/v1/accounts/$wallet?at=999999", "at:in_the_future");
        Query("/v1/accounts/$wallet?at=9223372036854775807", "at:in_the_future");
        Query("/v1/accounts/$wallet?at=9223372036854775808", "at:bad_value");
        Query("/v1/accounts/$wallet?at=99999999999999999999999999999999", "at:bad_value");
        Query("/v1/accounts/$wallet?at=2999-01-01", "at:in_the_future");
        Query("/v1/accounts/$wallet?at=2026-02-30", "at:bad_value");
        Query("/v1/wallets/$wallet?at=2999-01-01T00:00:00Z", "at:in_the_future");
        Query("/v1/wallets/$wallet?at=2026-01-01T00:00:00", "at:bad_value");
        Query("/v1/wallets/$wallet?when=1", "when:unknown_parameter");
        Query("/v1/customers?name=", "name:bad_value");
        Query("/v1/customers?name=%00", "name:bad_value");
        Query("/v1/customers?country=gb", "country:bad_format");
        Query("/v1/customers?country=", "country:empty");
        Query("/v1/customers?code=%0A", "code:surrounding_space");
        Query("/v1/customers?limit=0&foo=1", "limit:bad_value foo:unknown_parameter");
        Query("/v1/accounts?kind=purse", "kind:bad_value");
        Query("/v1/accounts?currency=XAU", "currency:no_minor_unit");
        Query("/v1/accounts?currency=ZZZ", "currency:unknown_currency");
        Query("/v1/accounts?customer=abc", "customer:bad_value");
        Query("/v1/operations?account=-5", "account:bad_value");
        Query("/v1/operations?kind=theft", "kind:bad_value");
        Query("/v1/operations?since=yesterday", "since:bad_value");
        Query("/v1/operations?until=2026-13-01", "until:bad_value");
        Query("/v1/operations?key=%20", "key:surrounding_space");
        Query("/v1/quotes?date=23.11.2026", "date:bad_value");
        Query("/v1/quotes?date=2026-11-23T00:00:00Z", "date:bad_value");
        Query("/v1/quotes?limit=5", "limit:unknown_parameter");
        Query("/v1/quotes/USD?since=x", "since:bad_value");
        Query("/v1/cities", "country:required");
        Query("/v1/cities?country=", "country:empty");
        Query("/v1/cities?country=QQ", "country:unknown_country");
        Query("/v1/cities?country=DE&q=", "q:bad_value");
        Query("/v1/countries?limit=x", "limit:bad_value");
        Query("/v1/currencies?q=EUR", "q:unknown_parameter");
        Query("/v1/keys?name=admin", "name:unknown_parameter");
        Query("/v1/operations/$operation?x", "x:unknown_parameter");

        foreach (var id
            in new[]
            {
                "0",
                "-1",
                "007",
                "999999",
                "9223372036854775807",
                "9223372036854775808",
                "abc",
                "1.0",
                "%20",
                "%D9%A1",
                "..%2f",
                "1%00"[..1] + "e5",
                "$wallet%20"
            })
        {
            Missing($"/v1/customers/{id}");
            Missing($"/v1/wallets/{id}");
            Missing($"/v1/accounts/{id}");
            Missing($"/v1/operations/{id}");
        }

        Missing("/v1/customers/$wallet");
        Missing("/v1/customers/$wallet/wallets");
        Missing("/v1/wallets/$fees");
        Missing("/v1/wallets/$cash");
        Missing("/v1/wallets/$customer");
        Missing("/v1/accounts/$customer");
        Missing("/v1/accounts/$wallet?at=1");
        Query("/v1/accounts/$wallet?at=2001-01-01", "at:bad_value");
        Query("/v1/accounts/$wallet?at=1970-01-01", "at:bad_value");
        Query("/v1/accounts/$wallet?at=0", "at:bad_value");
        Query("/v1/accounts/$wallet?at=01", "at:bad_value");
        Query("/v1/wallets/$wallet/statement?at=1970-01-01", "at:bad_value");
        Query("/v1/reports/trial-balance?at=1970-01-01", "at:bad_value");
        Missing("/v1/quotes/XAU");
        Missing("/v1/quotes/usd");
        foreach (var path
            in new[]
            {
                "/v1",
                "/v1/",
                "/v2/customers",
                "/V1/customers",
                "/v1/Customers",
                "/v1/customers/",
                "/v1/customers//wallets",
                "/v1/wallets",
                "/v1/deposit",
                "/v1/customers/1/2/3",
                "/v1%2Fcustomers",
                "/favicon.ico",
                "/index.html",
                "/v1/customers/$customer/statement/x"
            })
            Unrouted(path);
        data.Add("POST", "/v1/accounts/$wallet/unfreeze?dryRun=yes", 400, "invalid_query", "dryRun:bad_value");
        data.Add("POST", "/v1/accounts/$wallet/unfreeze?dryRun=", 400, "invalid_query", "dryRun:bad_value");
        data.Add("POST", "/v1/accounts/$wallet/unfreeze?dryRun=TRUE", 400, "invalid_query", "dryRun:bad_value");
        data.Add("POST", "/v1/accounts/$wallet/unfreeze?dryRun=true&dryRun=true", 400, "invalid_query", "dryRun:repeated");
        data.Add("POST", "/v1/accounts/$wallet/unfreeze?dryrun=true", 400, "invalid_query", "dryrun:unknown_parameter");
        data.Add("PUT", "/v1/accounts/$wallet", 405, "method_not_allowed", "");
        data.Add("DELETE", "/v1/operations/$operation", 405, "method_not_allowed", "");
        data.Add("PATCH", "/v1/deposits", 405, "method_not_allowed", "");
        data.Add("OPTIONS", "/v1/deposits", 405, "method_not_allowed", "");
        data.Add("BREW", "/v1/customers", 405, "method_not_allowed", "");
        data.Add("GET", "/v1/transfers", 405, "method_not_allowed", "");
        data.Add("DELETE", "/v1/keys/nobody", 404, "not_found", "");
        data.Add("DELETE", "/v1/keys/%00"[..^3] + "%20", 404, "not_found", "");
        data.Add("DELETE", "/v1/keys/admin", 403, "forbidden", "");
        data.Add("PUT", "/v1/quotes/2026-02-30", 404, "not_found", "");
        return data;
    }
}
