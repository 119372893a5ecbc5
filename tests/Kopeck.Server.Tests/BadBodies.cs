namespace Kopeck.Server.Tests;

/// <summary>Bodies that are wrong. Ids are written as <c>$wallet</c> and the like.</summary>
public static class BadBodies
{
    static readonly string[] NotObjects =
    [
        "", " ", "{", "[]", "[{}]", "null", "\"a\"", "1", "true", "{} {}", "{}x", "{,}", "{\"a\": }", "{'a': 1}", "{\"a\": 1,}", "// c\n{}",
        "{\"a\": 01}", "{\"a\": NaN}", "{\"a\": \"\u0001\"}", "\uFEFF\uFEFF{}"
    ];

    public static TheoryData<string, string, string, int, string, string> All { get; } = Make();

    static TheoryData<string, string, string, int, string, string> Make()
    {
        var data = new TheoryData<string, string, string, int, string, string>();
        foreach (var body in NotObjects)
        {
            data.Add("POST", "/v1/deposits", body, 400, "malformed_request", "");
            if (body.Trim().Length > 0)
                data.Add("POST", "/v1/accounts/$wallet/close", body, 400, "malformed_request", "");
        }

        foreach (var (method, path)
            in new[]
            {
                ("POST", "/v1/customers"),
                ("PATCH", "/v1/customers/$customer"),
                ("POST", "/v1/customers/$customer/wallets"),
                ("POST", "/v1/accounts"),
                ("POST", "/v1/accounts/$wallet/freeze"),
                ("PUT", "/v1/accounts/$wallet/floor"),
                ("POST", "/v1/withdrawals"),
                ("POST", "/v1/transfers"),
                ("POST", "/v1/postings"),
                ("POST", "/v1/batches"),
                ("PUT", "/v1/quotes/$today"),
                ("POST", "/v1/keys"),
                ("PATCH", "/v1/book")
            })
        {
            data.Add(method, path, "[1]", 400, "malformed_request", "");
            data.Add(method, path, "{\"a\": 1, \"a\": 2}", 400, "malformed_request", "");
            data.Add(method, path, "{\"a\": {\"b\": 1, \"\\u0062\": 2}}", 400, "malformed_request", "");
            data.Add(
                method, path, string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40), 400, "malformed_request", "");
        }

        void Fields(string method, string path, string body, string errors) => data.Add(method, path, body, 422, "invalid_fields", errors);
        void Deposit(string amount, string code) => Fields("POST", "/v1/deposits", $$"""{"wallet": "$wallet", "amount": {{amount}}}""", $"/amount:{code}");
        void Rule(string path, string body, string code) => data.Add("POST", path, body, 422, code, "");

        foreach (var amount
            in new[]
            {
                "\"1.\"",
                "\".5\"",
                "\"1,000\"",
                "\"1 000\"",
                "\" 1\"",
                "\"\"",
                "\"NaN\"",
                "\"Infinity\"",
                "\"0x10\"",
                "\"\u0661\"",
                "\"\uFF11\"",
                "\"1.0.0\"",
                "\"$\"",
                "\"1\u00A0\""
            })
            Deposit(amount, "not_a_number");
        Deposit("\"-1\"", "sign");
        Deposit("\"+1\"", "sign");
        Deposit("-1", "sign");
        Deposit("\"01\"", "leading_zero");
        Deposit("\"1e2\"", "exponent");
        Deposit("1e2", "exponent");
        Deposit("\"0\"", "not_positive");
        Deposit("\"0.00\"", "not_positive");
        Deposit("0", "not_positive");
        Deposit("\"1.234\"", "too_many_decimals");
        Deposit("1.005", "too_many_decimals");
        Deposit("\"10000000000000.01\"", "too_large");
        Deposit("\"" + new string('9', 400) + "\"", "too_large");
        Deposit(new string('9', 400), "too_large");
        Deposit("null", "required");
        Deposit("true", "wrong_type");
        Deposit("[\"1\"]", "wrong_type");
        Deposit("{}", "wrong_type");
        Deposit("\"\\ud800\"", "unpaired_surrogate");
        Fields("POST", "/v1/deposits", """{"wallet": "$yen", "amount": "1.0"}""", "/amount:too_many_decimals");
        Fields("POST", "/v1/deposits", "{}", "/wallet:required /amount:required");
        Fields("POST", "/v1/deposits", """{"wallet": 13, "amount": true, "x": 1, "a/b~c": 2, "currency": "eur"}""", "/wallet:wrong_type /amount:wrong_type /x:unknown_member /a~1b~0c:unknown_member /currency:unknown_currency");
        Fields("POST", "/v1/deposits", """{"Wallet": "$wallet", "amount": "1"}""", "/Wallet:unknown_member /wallet:required");
        foreach (var id in new[] { "\"\"", "\"-1\"", "\"1.0\"", "\"007\"", "\" 1\"", "\"abc\"", "\"1e1\"", "\"\u0661\"" })
            Fields("POST", "/v1/deposits", $$"""{"wallet": {{id}}, "amount": "1"}""", "/wallet:bad_format");
        Fields("POST", "/v1/deposits", """{"wallet": "$wallet", "amount": "1", "currency": "XAU"}""", "/currency:no_minor_unit");
        Fields("POST", "/v1/deposits", """{"wallet": "$wallet", "amount": "1", "currency": 978}""", "/currency:wrong_type");
        Fields("POST", "/v1/deposits", """{"wallet": "$wallet", "amount": "1", "description": ""}""", "/description:empty");
        Fields("POST", "/v1/deposits", """{"wallet": "$wallet", "amount": "1", "description": "\u202Eevil"}""", "/description:bidirectional_control");
        Fields("POST", "/v1/deposits", """{"wallet": "$wallet", "amount": "1", "description": "\ud83d"}""", "/description:unpaired_surrogate");
        Fields("POST", "/v1/deposits", $$"""{"wallet": "$wallet", "amount": "1", "description": "{{new string('x', 5000)}}"}""", "/description:too_long");
        foreach (var (metadata, code)
            in new[]
            {
                ("[]", "wrong_type"),
                ("\"a\"", "wrong_type"),
                ("1", "wrong_type"),
                ("{\"a\": \"\\ud800\"}", "unpaired_surrogate"),
                ("{\"a\": \"\\u0007\"}", "control_character"),
                ("{\"a\": \"" + new string('x', 4000) + "\"}", "too_long"),
                (string.Concat(Enumerable.Repeat("{\"a\":", 17)) + "1" + new string('}', 17), "too_deep")
            })
            Fields("POST", "/v1/deposits", $$"""{"wallet": "$wallet", "amount": "1", "metadata": {{metadata}}}""", $"/metadata:{code}");

        Rule("/v1/deposits", """{"wallet": "999999", "amount": "1"}""", "account_not_found");
        Rule("/v1/deposits", """{"wallet": "99999999999999999999", "amount": "1"}""", "account_not_found");
        Rule("/v1/deposits", """{"wallet": "0", "amount": "1"}""", "account_not_found");
        Rule("/v1/deposits", """{"wallet": "$customer", "amount": "1"}""", "account_not_found");
        Rule("/v1/deposits", """{"wallet": "$cash", "amount": "1"}""", "system_account");
        Rule("/v1/deposits", """{"wallet": "$wallet", "amount": "1", "currency": "USD"}""", "currency_mismatch");
        Rule("/v1/deposits", """{"wallet": "$closed", "amount": "1"}""", "account_closed");
        Rule("/v1/deposits", """{"wallet": "$frozen", "amount": "1"}""", "account_frozen");
        Rule("/v1/withdrawals", """{"wallet": "$wallet", "amount": "100.01"}""", "insufficient_funds");
        Rule("/v1/withdrawals", """{"wallet": "$dollar", "amount": "0.01"}""", "insufficient_funds");
        Rule("/v1/transfers", """{"from": "$wallet", "to": "$wallet", "amount": "1"}""", "same_account");
        Rule("/v1/transfers", """{"from": "$wallet", "to": "999999", "amount": "1"}""", "account_not_found");
        Rule("/v1/transfers", """{"from": "$cash", "to": "$wallet", "amount": "1"}""", "system_account");
        Rule("/v1/transfers", """{"from": "$wallet", "to": "$dollar", "amount": "1", "currency": "CHF"}""", "currency_mismatch");
        Rule("/v1/transfers", """{"from": "$wallet", "to": "$closed", "amount": "1"}""", "account_closed");
        Rule("/v1/transfers", """{"from": "$frozen", "to": "$wallet", "amount": "1"}""", "account_frozen");
        Rule("/v1/transfers", """{"from": "$wallet", "to": "$pound", "amount": "1"}""", "quote_stale");
        Rule("/v1/transfers", """{"from": "$dollar", "to": "$wallet", "amount": "0.01"}""", "amount_too_small");
        Rule("/v1/transfers", """{"from": "$wallet", "to": "$second", "amount": "100.01"}""", "insufficient_funds");
        Fields("POST", "/v1/transfers", """{"from": "$wallet", "amount": "1"}""", "/to:required");
        Fields("POST", "/v1/transfers", """{"from": "$wallet", "to": "$second", "amount": "1.001"}""", "/amount:too_many_decimals");
        Rule("/v1/postings", """{"legs": [{"from": "$fees", "to": "$dollar", "amount": "1"}]}""", "currency_mismatch");
        Rule("/v1/postings", """{"legs": [{"from": "$fees", "to": "$fees", "amount": "1"}]}""", "same_account");
        Rule("/v1/postings", """{"legs": [{"from": "$second", "to": "$fees", "amount": "1"}]}""", "insufficient_funds");
        Fields("POST", "/v1/postings", "{}", "/legs:required");
        Fields("POST", "/v1/postings", """{"legs": []}""", "/legs:empty");
        Fields("POST", "/v1/postings", """{"legs": {}}""", "/legs:wrong_type");
        Fields("POST", "/v1/postings", """{"legs": [1, {"from": "$fees", "x": 1, "amount": "z"}]}""", "/legs/0:wrong_type /legs/1/x:unknown_member /legs/1/amount:not_a_number /legs/1/to:required");
        Fields("POST", "/v1/postings", "{\"legs\": [" + string.Join(',', Enumerable.Repeat("1", 1001)) + "]}", "/legs:too_many");
        Fields("POST", "/v1/postings", """{"legs": [{"from": "$fees", "to": "$wallet", "amount": "1.001"}]}""", "/legs/0/amount:too_many_decimals");

        AddCustomers(Fields);
        AddAccounts(Fields, data);
        AddOthers(Fields, data);
        return data;
    }

    static void AddCustomers(Action<string, string, string, string> fields)
    {
        fields("POST", "/v1/customers", "{}", "/name:required /city:required /country:required");
        fields("POST", "/v1/customers", """{"name": null, "city": null, "country": null}""", "/name:required /city:required /country:required");
        foreach (var (name, code)
            in new[]
            {
                ("\"\"", "empty"),
                ("\" a\"", "surrounding_space"),
                ("\"a \"", "surrounding_space"),
                ("\"a\\u0000b\"", "control_character"),
                ("\"a\\nb\"", "control_character"),
                ("\"\\u200fa\"", "bidirectional_control"),
                ("\"\\uffff\"", "noncharacter"),
                ("\"\\udc00x\"", "unpaired_surrogate"),
                ("\"" + new string('x', 201) + "\"", "too_long"),
                ("5", "wrong_type"),
                ("[\"a\"]", "wrong_type")
            })
            fields("POST", "/v1/customers", $$"""{"name": {{name}}, "city": "Bonn", "country": "DE"}""", $"/name:{code}");
        fields("POST", "/v1/customers", """{"name": "A", "city": "Bonn", "country": "de"}""", "/country:bad_format");
        fields("POST", "/v1/customers", """{"name": "A", "city": "Bonn", "country": "DEU"}""", "/country:too_long");
        fields("POST", "/v1/customers", """{"name": "A", "city": "Bonn", "country": "QQ"}""", "/country:unknown_country");
        fields("POST", "/v1/customers", """{"name": "A", "city": "Bonn", "country": "DE", "currency": "XTS"}""", "/currency:no_minor_unit");
        fields("POST", "/v1/customers", """{"name": "A", "city": "Bonn", "country": "DE", "id": "5", "metadata": null, "erased": false}""", "/id:unknown_member /erased:unknown_member");
        fields("PATCH", "/v1/customers/$customer", """{"name": null, "country": null}""", "/name:required /country:required");
        fields("PATCH", "/v1/customers/$customer", """{"country": "QQ"}""", "/country:unknown_country");
        fields("PATCH", "/v1/customers/$customer", """{"currency": "EUR"}""", "/currency:unknown_member");
        fields("DELETE", "/v1/customers/$customer/personal-data", """{"why": "asked"}""", "/why:unknown_member");
    }

    static void AddAccounts(Action<string, string, string, string> fields, TheoryData<string, string, string, int, string, string> data)
    {
        fields("POST", "/v1/customers/$customer/wallets", "{}", "/currency:required");
        fields("POST", "/v1/customers/$customer/wallets", """{"currency": "euro"}""", "/currency:unknown_currency");
        fields("POST", "/v1/customers/$customer/wallets", """{"currency": "EUR", "code": "", "floor": "1"}""", "/code:empty /floor:unknown_member");
        fields("POST", "/v1/accounts", """{"code": "x"}""", "/currency:required");
        fields("POST", "/v1/accounts", """{"code": "x", "currency": "JPY", "floor": "1.5"}""", "/floor:too_many_decimals");
        fields("POST", "/v1/accounts", """{"code": "x", "currency": "EUR", "floor": "--1"}""", "/floor:not_a_number");
        fields("POST", "/v1/accounts/$wallet/freeze", "{}", "/what:required");
        fields("POST", "/v1/accounts/$wallet/freeze", """{"what": "credits"}""", "/what:unknown_value");
        fields("POST", "/v1/accounts/$wallet/freeze", """{"what": ["all"]}""", "/what:wrong_type");
        fields("POST", "/v1/accounts/$wallet/unfreeze", """{"what": "all"}""", "/what:unknown_member");
        fields("PUT", "/v1/accounts/$wallet/floor", "{}", "/floor:required");
        fields("PUT", "/v1/accounts/$wallet/floor", """{"floor": "1.001"}""", "/floor:too_many_decimals");
        fields("PUT", "/v1/accounts/$wallet/floor", """{"floor": false}""", "/floor:wrong_type");
        data.Add("POST", "/v1/accounts", """{"code": "fees", "currency": "EUR"}""", 409, "already_exists", "");
        data.Add("POST", "/v1/customers/$customer/wallets", """{"currency": "EUR", "code": "fees"}""", 409, "already_exists", "");
        data.Add("POST", "/v1/customers", """{"name": "A", "city": "Bonn", "country": "DE", "code": "ada"}""", 409, "already_exists", "");
        data.Add("POST", "/v1/customers/999999/wallets", """{"currency": "EUR"}""", 404, "not_found", "");
        data.Add("POST", "/v1/customers/$erased/wallets", """{"currency": "EUR"}""", 404, "not_found", "");
        data.Add("PATCH", "/v1/customers/$erased", """{"city": "Bonn"}""", 404, "not_found", "");
        data.Add("PATCH", "/v1/customers/$wallet", """{"city": "Bonn"}""", 404, "not_found", "");
        data.Add("DELETE", "/v1/customers/999999/personal-data", "{}", 404, "not_found", "");
        data.Add("POST", "/v1/accounts/999999/freeze", """{"what": "all"}""", 404, "not_found", "");
        data.Add("POST", "/v1/accounts/$cash/freeze", """{"what": "all"}""", 422, "system_account", "");
        data.Add("POST", "/v1/accounts/$cash/unfreeze", "{}", 422, "system_account", "");
        data.Add("POST", "/v1/accounts/$cash/close", "{}", 422, "system_account", "");
        data.Add("PUT", "/v1/accounts/$cash/floor", """{"floor": null}""", 422, "system_account", "");
        data.Add("POST", "/v1/accounts/$closed/freeze", """{"what": "all"}""", 422, "account_closed", "");
        data.Add("PUT", "/v1/accounts/$closed/floor", """{"floor": "-5"}""", 422, "account_closed", "");
        data.Add("POST", "/v1/accounts/$wallet/close", "{}", 422, "account_not_empty", "");
        data.Add("PUT", "/v1/accounts/$wallet/floor", """{"floor": "100.01"}""", 422, "insufficient_funds", "");
    }

    static void AddOthers(Action<string, string, string, string> fields, TheoryData<string, string, string, int, string, string> data)
    {
        fields("PATCH", "/v1/book", """{"quoteMaxAgeDays": 0, "timeZone": "", "name": "x"}""", "/quoteMaxAgeDays:out_of_range /timeZone:empty /name:unknown_member");
        fields("PATCH", "/v1/book", """{"quoteMaxAgeDays": 3651, "baseCurrency": "USD"}""", "/quoteMaxAgeDays:out_of_range /baseCurrency:unknown_member");
        fields("PATCH", "/v1/book", """{"quoteMaxAgeDays": "7", "timeZone": 1}""", "/quoteMaxAgeDays:wrong_type /timeZone:wrong_type");
        fields("PATCH", "/v1/book", """{"quoteMaxAgeDays": 1.5, "timeZone": "+01:00"}""", "/quoteMaxAgeDays:bad_format /timeZone:bad_format");
        foreach (var zone in new[] { "Mars/Olympus", "europe/berlin", "Europe/Berlin/", "CEST", "GMT+25" })
            fields("PATCH", "/v1/book", $$"""{"timeZone": "{{zone}}"}""", "/timeZone:unknown_zone");
        fields("POST", "/v1/batches", "{}", "/operations:required");
        fields("POST", "/v1/batches", """{"operations": []}""", "/operations:empty");
        fields("POST", "/v1/batches", """{"operations": [{}], "atomic": "yes"}""", "/atomic:wrong_type");
        fields(
            "POST", "/v1/batches", "{\"operations\": [" + string.Join(',', Enumerable.Repeat("1", 10_001)) + "]}", "/operations:too_many");
        data.Add("POST", "/v1/batches", """{"atomic": true, "operations": [{"kind": "deposit", "wallet": "$wallet", "amount": "1"}, {"kind": "withdrawal", "wallet": "$wallet", "amount": "1000"}]}""", 422, "batch_aborted", "");
        data.Add("POST", "/v1/batches", """{"atomic": true, "operations": [{"kind": "deposit", "wallet": "$wallet", "amount": "1"}, {"kind": "deposit"}]}""", 422, "batch_aborted", "");
        fields("PUT", "/v1/quotes/$today", "{}", ":empty");
        fields("PUT", "/v1/quotes/$today", """{"USD": "0"}""", "/USD:not_positive");
        fields("PUT", "/v1/quotes/$today", """{"USD": "-1"}""", "/USD:not_a_number");
        fields("PUT", "/v1/quotes/$today", """{"USD": "1.123456789012345"}""", "/USD:too_many_decimals");
        fields("PUT", "/v1/quotes/$today", """{"USD": null, "ZZZ": "1", "a/b": "1"}""", "/USD:wrong_type /ZZZ:unknown_currency /a~1b:unknown_currency");
        fields("PUT", "/v1/quotes/$today", """{"EUR": "1"}""", "/EUR:base_currency");
        fields("PUT", "/v1/quotes/2999-01-01", """{"USD": "1"}""", "date:date_too_late");
        fields("PUT", "/v1/quotes/$today", """{"USD": {"units": "0", "base": "1"}}""", "/USD/units:not_positive");
        fields("PUT", "/v1/quotes/$today", """{"USD": {"units": "1.1", "base": "1e3"}}""", "/USD/base:not_a_number");
        fields("PUT", "/v1/quotes/$today", """{"USD": {"units": "1.1"}, "JPY": {"base": "1"}}""", "/USD/base:required /JPY/units:required");
        fields("PUT", "/v1/quotes/$today", """{"USD": {"units": "1.1", "base": "1", "date": "x"}}""", "/USD/date:unknown_member");
        fields("PUT", "/v1/quotes/$today", """{"USD": {"units": [], "base": "1"}}""", "/USD/units:wrong_type");
        fields("POST", "/v1/quotes/import", "{}", ":unknown_format");
        fields("POST", "/v1/keys", "{}", "/name:required /scopes:required");
        fields("POST", "/v1/keys", """{"name": "a b", "scopes": []}""", "/name:bad_format /scopes:empty");
        fields("POST", "/v1/keys", """{"name": "k", "scopes": ["read", "root", 5]}""", "/scopes/1:unknown_value /scopes/2:wrong_type");
        fields("POST", "/v1/keys", """{"name": "k", "scopes": "read"}""", "/scopes:wrong_type");
        data.Add("POST", "/v1/keys", """{"name": "spare", "scopes": ["read"]}""", 409, "already_exists", "");
        data.Add("POST", "/v1/keys", """{"name": "admin", "scopes": ["read"]}""", 409, "already_exists", "");
        data.Add("POST", "/v1/books", """{"name": "third"}""", 403, "forbidden", "");
    }
}
