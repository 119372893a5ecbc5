using System.Text.Json.Nodes;

namespace Kopeck.Parity.Tests.Driving;

/// <summary>Steps as HTTP requests.</summary>
static class HttpRequests
{
    public static (string Method, string Path, string? Body) Of(Step step) => step switch
    {
        RegisterCustomer s =>
            Send(
                "POST", "/v1/customers", ("name", s.Name), ("country", s.Country), ("city", s.City), ("code", s.Code),
                ("metadata", Raw(s.Metadata)), ("currency", s.Currency)),
        ChangeCustomer s => ("PATCH", $"/v1/customers/{s.Customer}", Changes(s)),
        EraseCustomer s => ("DELETE", $"/v1/customers/{s.Customer}/personal-data", null),
        GetCustomer s => Get($"/v1/customers/{s.Customer}"),
        ListCustomers s => List("/v1/customers", s, ("name", s.Name), ("code", s.Code), ("country", s.Country)),
        OpenWallet s => Send("POST", $"/v1/customers/{s.Customer}/wallets", ("currency", s.Currency), ("code", s.Code)),
        OpenAccount s => ("POST", "/v1/accounts", Account(s)),
        GetWallet s => Get($"/v1/wallets/{s.Wallet}", ("at", s.At)),
        GetAccount s => Get($"/v1/accounts/{s.Account}", ("at", s.At)),
        ListWallets s => List($"/v1/customers/{s.Customer}/wallets", s),
        ListAccounts s => List("/v1/accounts", s, ("kind", s.Kind), ("currency", s.Currency), ("code", s.Code), ("customer", s.Customer)),
        Freeze s => Send("POST", $"/v1/accounts/{s.Account}/freeze", ("what", s.What)),
        Unfreeze s => Send("POST", $"/v1/accounts/{s.Account}/unfreeze"),
        Close s => Send("POST", $"/v1/accounts/{s.Account}/close"),
        SetFloor s => ("PUT", $"/v1/accounts/{s.Account}/floor", new JsonObject { ["floor"] = s.Floor }.ToJsonString()),
        MoneyStep s => ("POST", MoneyPath(s), Money(s).ToJsonString()),
        SubmitBatch s => ("POST", "/v1/batches", new JsonObject { ["atomic"] = s.Atomic, ["operations"] = Items(s.Items) }.ToJsonString()),
        GetHold s => Get($"/v1/holds/{s.Hold}", ("at", s.At)),
        ListHolds s =>
            List(
                "/v1/holds", s, ("account", s.Account), ("customer", s.Customer), ("status", s.Status), ("to", s.To),
                ("expiresBefore", s.ExpiresBefore)),
        GetOperation s => Get($"/v1/operations/{s.Operation}", ("at", s.At)),
        ListOperations s =>
            List(
                "/v1/operations", s, ("account", s.Account), ("customer", s.Customer), ("kind", s.Kind), ("key", s.IdempotencyKey),
                ("since", s.Since), ("until", s.Until), ("reverses", s.Reverses), ("reversed", s.Reversed)),
        LoadQuotes s =>
            (
                "PUT", $"/v1/quotes/{s.Date}",
                new JsonObject(
                    s.Quotes.Select(
                        quote => KeyValuePair.Create<string,
                        JsonNode?>(
                            quote.Currency,
                            quote.Units is null
                                ? quote.Rate
                                : new JsonObject { ["units"] = quote.Units, ["base"] = quote.Rate }))).ToJsonString()),
        ImportQuotes s => ("POST", "/v1/quotes/import", s.Feed),
        GetQuotes s => Get("/v1/quotes", ("date", s.Date)),
        ListQuotes s => List($"/v1/quotes/{s.Currency}", s, ("since", s.Since), ("until", s.Until)),
        GetStatement { Wallet: { } wallet } s => Get($"/v1/wallets/{wallet}/statement", File(s)),
        GetStatement { Account: { } account } s => Get($"/v1/accounts/{account}/statement", File(s)),
        GetStatement { Customer: { } customer } s => Get($"/v1/customers/{customer}/statement", File(s)),
        GetStatement s => Get("/v1/reports/operations", [("name", s.Name), .. File(s)]),
        GetReport s => Get($"/v1/reports/{s.Name}", [("date", s.Date), .. File(s)]),
        ListCurrencies => Get("/v1/currencies"),
        ListCountries s => Get("/v1/countries", ("q", s.Prefix), ("limit", s.Limit)),
        ListCities s => Get("/v1/cities", ("country", s.Country), ("q", s.Prefix), ("limit", s.Limit)),
        ListKeys => Get("/v1/keys"),
        CreateKey s =>
            Send(
                "POST", "/v1/keys", ("name", s.Name),
                ("scopes", s.Scopes.Length == 0 ? null : new JsonArray([.. s.Scopes.Select(scope => JsonValue.Create(scope))]))),
        ChangeKey s => Send("PATCH", $"/v1/keys/{s.Name}", ("allowedNetworks", s.Networks), ("rateLimit", s.RateLimit)),
        RotateKey s => Send("POST", $"/v1/keys/{s.Name}/rotate", ("overlapSeconds", s.OverlapSeconds)),
        RevokeKey s => ("DELETE", $"/v1/keys/{s.Name}", null),
        GetBook => Get("/v1/book"),
        ChangeBook s => Send("PATCH", "/v1/book", ("quoteMaxAgeDays", s.QuoteMaxAgeDays), ("timeZone", s.TimeZone)),
        ListBooks => Get("/v1/books"),
        OpenBook s => ("POST", "/v1/books", Book(s)),
        _ => throw new NotSupportedException($"HTTP has no call for {step}"),
    };

    static (string, string, string?) Get(string path, params (string Name, string? Value)[] query)
    {
        var given = query.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}");
        return ("GET", path + (given.Any() ? "?" + string.Join('&', given) : ""), null);
    }

    static (string, string?)[] File(FileStep step) =>
        [("since", step.Since), ("until", step.Until), ("at", step.At), ("format", step.Format), ("lang", step.Lang), ("tz", step.Tz)];

    static (string, string, string?) List(string path, ListStep list, params (string Name, string? Value)[] query) =>
        Get(path, [.. query, ("limit", list.Limit), ("order", list.Order), ("cursor", list.Cursor)]);

    static (string, string, string?) Send(string method, string path, params (string Name, JsonNode? Value)[] members) =>
        (method, path, Object(members).ToJsonString());

    static JsonObject Object(params (string Name, JsonNode? Value)[] members) =>
        new(members.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Name, member.Value)));

    static JsonNode? Raw(string? json) => json is null ? null : JsonNode.Parse(json);

    static string Changes(ChangeCustomer step)
    {
        var body = Object(
            ("name", step.Name), ("country", step.Country), ("city", step.City), ("code", step.Code), ("metadata", Raw(step.Metadata)));
        foreach (var name in step.Clear)
            body[name] = null;
        return body.ToJsonString();
    }

    static string Account(OpenAccount step)
    {
        var body = Object(("code", step.Code), ("currency", step.Currency), ("floor", step.Floor));
        if (step.NoFloor)
            body["floor"] = null;
        return body.ToJsonString();
    }

    static string Book(OpenBook step) =>
        Object(
            ("name", step.Name), ("baseCurrency", step.BaseCurrency), ("quoteMaxAgeDays", step.QuoteMaxAgeDays),
            ("timeZone", step.TimeZone))
            .ToJsonString();

    static string MoneyPath(MoneyStep step) => step switch
    {
        Deposit => "/v1/deposits",
        Withdraw => "/v1/withdrawals",
        Transfer => "/v1/transfers",
        PlaceHold => "/v1/holds",
        IncreaseHold s => $"/v1/holds/{s.Hold}/increase",
        ExtendHold s => $"/v1/holds/{s.Hold}/extend",
        CaptureHold s => $"/v1/holds/{s.Hold}/capture",
        ReleaseHold s => $"/v1/holds/{s.Hold}/release",
        ReverseOperation s => $"/v1/operations/{s.Operation}/reverse",
        _ => "/v1/postings",
    };

    static JsonObject Money(MoneyStep step)
    {
        var body = step switch
        {
            Deposit s => Object(("wallet", s.Wallet), ("amount", s.Amount), ("currency", s.Currency)),
            Withdraw s => Object(("wallet", s.Wallet), ("amount", s.Amount), ("currency", s.Currency)),
            Transfer s => Object(("from", s.From), ("to", s.To), ("amount", s.Amount), ("currency", s.Currency)),
            Post s =>
                Object(
                    ("legs", new JsonArray([.. s.Legs.Select(leg => Object(("from", leg.From), ("to", leg.To), ("amount", leg.Amount)))]))),
            PlaceHold s =>
                Ending(
                    Object(
                        ("from", s.From), ("amount", s.Amount), ("currency", s.Currency), ("to", s.To), ("maxAmount", s.MaxAmount),
                        ("expiresInSeconds", s.Seconds), ("expiresAt", s.ExpiresAt)),
                    s.IsForever),
            IncreaseHold s => Object(("by", s.By), ("amount", s.Amount), ("maxAmount", s.MaxAmount)),
            ExtendHold s => Ending(Object(("expiresInSeconds", s.Seconds), ("expiresAt", s.ExpiresAt)), s.IsForever),
            CaptureHold s => Object(
                ("amount", s.Amount), ("currency", s.Currency), ("to", s.To), ("final", s.IsFinal ? true : null),
                (
                    "legs",
                    s.Legs is null
                        ? null
                        : new JsonArray(
                            [.. s.Legs.Select(leg => Object(("to", leg.To), ("amount", leg.Amount), ("currency", leg.Currency)))]))),
            ReleaseHold s => Object(("amount", s.Amount)),
            ReverseOperation s => Object(
                ("amount", s.Amount), ("currency", s.Currency), ("difference", s.Difference), ("onInsufficient", s.OnInsufficient),
                ("reason", s.Reason),
                (
                    "legs",
                    s.Legs is null
                        ? null
                        : new JsonArray(
                            [.. s.Legs.Select(leg => Object(("leg", leg.Leg), ("amount", leg.Amount), ("currency", leg.Currency)))]))),
            _ => throw new NotSupportedException($"HTTP has no call for {step}"),
        };
        if (step.Description is not null)
            body["description"] = step.Description;
        if (step.Metadata is not null)
            body["metadata"] = Raw(step.Metadata);
        return body;
    }

    static JsonObject Ending(JsonObject body, bool isForever)
    {
        if (isForever)
            body["expiresAt"] = null;
        return body;
    }

    static JsonArray Items(MoneyStep[] steps) => new([.. steps.Select(step =>
    {
        var item = Money(step);
        item["kind"] = step switch
        {
            Deposit => "deposit",
            Withdraw => "withdrawal",
            Transfer => "transfer",
            PlaceHold => "hold",
            IncreaseHold => "increase",
            ExtendHold => "extend",
            CaptureHold => "capture",
            ReleaseHold => "release",
            ReverseOperation => "reverse",
            _ => "posting",
        };
        if (step is IncreaseHold or ExtendHold or CaptureHold or ReleaseHold)
            item["hold"] =
                step switch { IncreaseHold s => s.Hold, ExtendHold s => s.Hold, CaptureHold s => s.Hold, _ => ((ReleaseHold)step).Hold };
        if (step is ReverseOperation reversal)
            item["operation"] = reversal.Operation;
        if (step.Key is not null)
            item["key"] = step.Key;
        return item;
    })]);
}
