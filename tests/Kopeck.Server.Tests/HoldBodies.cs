namespace Kopeck.Server.Tests;

/// <summary>Bodies of holds and reversals that are wrong. Ids are written as <c>$wallet</c> and the like.</summary>
public static class HoldBodies
{
    public static TheoryData<string, string, string, int, string, string> All { get; } = Make();

    static TheoryData<string, string, string, int, string, string> Make()
    {
        var data = new TheoryData<string, string, string, int, string, string>();
        void Fields(string path, string body, string errors) => data.Add("POST", path, body, 422, "invalid_fields", errors);
        void Rule(string path, string body, string code) => data.Add("POST", path, body, 422, code, "");
        void Missing(string path, string body) => data.Add("POST", path, body, 404, "not_found", "");

        string[] calls =
        [
            "/v1/holds", "/v1/holds/$hold/increase", "/v1/holds/$hold/extend", "/v1/holds/$hold/capture", "/v1/holds/$hold/release",
            "/v1/operations/$operation/reverse"
        ];
        foreach (var path in calls)
        {
            data.Add("POST", path, "[1]", 400, "malformed_request", "");
            data.Add("POST", path, "{\"a\": 1, \"a\": 2}", 400, "malformed_request", "");
        }

        // Placing.
        const string Holds = "/v1/holds";
        Fields(Holds, "{}", "/from:required /amount:required");
        Fields(Holds, """{"from": "$wallet"}""", "/amount:required");
        Fields(Holds, """{"from": "$wallet", "amount": "1", "x": 1}""", "/x:unknown_member");
        foreach (var (amount, code)
            in new[]
            {
                ("\"0\"", "not_positive"),
                ("\"-1\"", "sign"),
                ("\"1.001\"", "too_many_decimals"),
                ("\"1e2\"", "exponent"),
                ("\"01\"", "leading_zero"),
                ("\"\"", "not_a_number"),
                ("true", "wrong_type"),
                ("\"100000000000000000\"", "too_large")
            })
        {
            Fields(Holds, $$"""{"from": "$wallet", "amount": {{amount}}}""", $"/amount:{code}");
            Fields(Holds, $$"""{"from": "$wallet", "amount": "1", "maxAmount": {{amount}}}""", $"/maxAmount:{code}");
            Fields("/v1/holds/$hold/capture", $$"""{"to": "$second", "amount": {{amount}}}""", $"/amount:{code}");
            Fields("/v1/holds/$hold/release", $$"""{"amount": {{amount}}}""", $"/amount:{code}");
            Fields("/v1/operations/$operation/reverse", $$"""{"amount": {{amount}}}""", $"/amount:{code}");
        }

        Fields(Holds, """{"from": "$wallet", "amount": "2", "maxAmount": "1.99"}""", "/maxAmount:less_than_amount");
        Fields(Holds, """{"from": "$wallet", "amount": "1", "expiresInSeconds": 0}""", "/expiresInSeconds:out_of_range");
        Fields(Holds, """{"from": "$wallet", "amount": "1", "expiresInSeconds": -5}""", "/expiresInSeconds:out_of_range");
        Fields(Holds, """{"from": "$wallet", "amount": "1", "expiresInSeconds": 31622401}""", "/expiresInSeconds:out_of_range");
        Fields(Holds, """{"from": "$wallet", "amount": "1", "expiresInSeconds": 1.5}""", "/expiresInSeconds:bad_format");
        Fields(Holds, """{"from": "$wallet", "amount": "1", "expiresInSeconds": "7"}""", "/expiresInSeconds:wrong_type");
        Fields(Holds, """{"from": "$wallet", "amount": "1", "expiresAt": "soon"}""", "/expiresAt:not_an_instant");
        Fields(Holds, """{"from": "$wallet", "amount": "1", "expiresAt": 7}""", "/expiresAt:wrong_type");
        Fields(Holds, """{"from": "$wallet", "amount": "1", "expiresAt": "2001-01-01T00:00:00Z"}""", "/expiresAt:out_of_range");
        Fields(Holds, """{"from": "$wallet", "amount": "1", "expiresAt": "9001-01-01T00:00:00Z"}""", "/expiresAt:out_of_range");
        Fields(Holds, """{"from": "$wallet", "amount": "1", "expiresAt": "9001-01-01T00:00:00Z", "expiresInSeconds": 5}""", "/expiresInSeconds:excluded");
        Fields(Holds, """{"from": "$wallet", "amount": "1", "to": "elsewhere"}""", "/to:bad_format");
        Fields(Holds, """{"from": "cash", "amount": "1"}""", "/from:bad_format");
        Fields(Holds, """{"from": "$wallet", "amount": "1", "currency": "XAU"}""", "/currency:no_minor_unit");
        Rule(Holds, """{"from": "999999", "amount": "1"}""", "account_not_found");
        Rule(Holds, """{"from": "$cash", "amount": "1"}""", "system_account");
        Rule(Holds, """{"from": "$wallet", "amount": "1", "to": "999999"}""", "account_not_found");
        Rule(Holds, """{"from": "$wallet", "amount": "1", "to": "$cash"}""", "system_account");
        Rule(Holds, """{"from": "$wallet", "amount": "1", "to": "$wallet"}""", "same_account");
        Rule(Holds, """{"from": "$wallet", "amount": "1", "currency": "USD"}""", "currency_mismatch");
        Rule(Holds, """{"from": "$wallet", "amount": "1", "currency": "USD", "to": "$second"}""", "currency_mismatch");
        Rule(Holds, """{"from": "$closed", "amount": "1"}""", "account_closed");
        Rule(Holds, """{"from": "$wallet", "amount": "1", "to": "$closed"}""", "account_closed");
        Rule(Holds, """{"from": "$frozen", "amount": "1"}""", "account_frozen");
        Rule(Holds, """{"from": "$wallet", "amount": "1", "to": "$frozen"}""", "account_frozen");
        Rule(Holds, """{"from": "$wallet", "amount": "1", "currency": "GBP", "to": "$pound"}""", "quote_stale");
        Rule(Holds, """{"from": "$second", "amount": "0.01"}""", "insufficient_funds");
        Fields(Holds, """{"from": "$fees", "amount": "10000000000000", "currency": "USD", "to": "$dollar", "maxAmount": "9999999999999.99"}""", "/maxAmount:less_than_amount");

        // On a hold that is there, and on ones that are not, or are closed.
        Missing("/v1/holds/999999/capture", """{"to": "$second"}""");
        Missing("/v1/holds/999999/release", "{}");
        Missing("/v1/holds/$wallet/release", "{}");
        Missing("/v1/holds/999999/increase", """{"by": "1"}""");
        Missing("/v1/holds/999999/extend", """{"expiresInSeconds": 5}""");
        Rule("/v1/holds/$released/capture", """{"to": "$second"}""", "hold_closed");
        Rule("/v1/holds/$released/release", "{}", "hold_closed");
        Rule("/v1/holds/$released/increase", """{"by": "1"}""", "hold_closed");
        Rule("/v1/holds/$released/extend", """{"expiresInSeconds": 2000000}""", "hold_closed");
        Fields("/v1/holds/$hold/increase", "{}", "/by:required");
        Fields("/v1/holds/$hold/increase", """{"by": "1", "amount": "20"}""", "/amount:excluded");
        Fields("/v1/holds/$hold/increase", """{"by": "0"}""", "/by:not_positive");
        Fields("/v1/holds/$hold/increase", """{"amount": "10.00"}""", "/amount:not_more");
        Fields("/v1/holds/$hold/increase", """{"by": "1", "maxAmount": "10.99"}""", "/maxAmount:less_than_amount");
        Rule("/v1/holds/$hold/increase", """{"by": "1000"}""", "insufficient_funds");
        Fields("/v1/holds/$hold/extend", "{}", "/expiresAt:required");
        Fields("/v1/holds/$hold/extend", """{"expiresInSeconds": 1}""", "/expiresInSeconds:not_later");
        Fields("/v1/holds/$lasting/extend", """{"expiresInSeconds": 60}""", "/expiresInSeconds:not_later");
        Rule("/v1/holds/$hold/release", """{"amount": "10.01"}""", "release_exceeds_hold");
        Fields("/v1/holds/$hold/capture", "{}", "/to:required");
        Fields("/v1/holds/$hold/capture", """{"amount": "1", "legs": [{"to": "$second", "amount": "1"}]}""", "/legs:excluded");
        Fields("/v1/holds/$hold/capture", """{"to": "$second", "legs": [{"to": "$second", "amount": "1"}]}""", "/legs:excluded");
        Fields("/v1/holds/$hold/capture", """{"legs": []}""", "/legs:empty");
        Fields("/v1/holds/$hold/capture", """{"legs": [{"to": "$second"}]}""", "/legs/0/amount:required");
        Fields("/v1/holds/$hold/capture", """{"legs": [{"to": "$second", "amount": "0"}]}""", "/legs/0/amount:not_positive");
        Fields("/v1/holds/$hold/capture", """{"to": "$second", "final": "yes"}""", "/final:wrong_type");
        Rule("/v1/holds/$hold/capture", """{"to": "999999"}""", "account_not_found");
        Rule("/v1/holds/$hold/capture", """{"to": "$cash"}""", "system_account");
        Rule("/v1/holds/$hold/capture", """{"to": "$wallet"}""", "same_account");
        Rule("/v1/holds/$hold/capture", """{"to": "$second", "amount": "1", "currency": "JPY"}""", "currency_mismatch");
        Rule("/v1/holds/$hold/capture", """{"to": "$second", "amount": "12.01"}""", "capture_exceeds_hold");
        Rule("/v1/holds/$hold/capture", """{"legs": [{"to": "$second", "amount": "6"}, {"to": "$second", "amount": "6.01"}]}""", "capture_exceeds_hold");
        Rule("/v1/holds/$fixed/capture", """{"to": "$fees"}""", "hold_receiver_mismatch");
        Rule("/v1/holds/$fixed/capture", """{"to": "cash"}""", "hold_receiver_mismatch");
        Rule("/v1/holds/$hold/capture", """{"to": "$closed"}""", "account_closed");
        Rule("/v1/holds/$hold/capture", """{"to": "$frozen"}""", "account_frozen");
        Rule("/v1/holds/$hold/capture", """{"to": "$pound"}""", "quote_stale");

        // Reversals.
        const string Reverse = "/v1/operations/$operation/reverse";
        Missing("/v1/operations/999999/reverse", "{}");
        Rule("/v1/operations/$customer/reverse", "{}", "not_reversible");
        Rule("/v1/operations/$hold/reverse", "{}", "not_reversible");
        Rule("/v1/operations/$undone/reverse", "{}", "already_reversed");
        Rule(Reverse, """{"amount": "100.01"}""", "reversal_exceeds");
        Rule(Reverse, """{"amount": "1", "currency": "USD"}""", "currency_mismatch");
        Rule(Reverse, "{}", "insufficient_funds");
        Fields(Reverse, """{"amount": "1", "legs": [{"leg": 0, "amount": "1"}]}""", "/legs:excluded");
        Fields(Reverse, """{"currency": "EUR"}""", "/amount:required");
        Fields(Reverse, """{"legs": []}""", "/legs:empty");
        Fields(Reverse, """{"legs": [{"leg": 1, "amount": "1"}]}""", "/legs/0/leg:unknown_leg");
        Fields(Reverse, """{"legs": [{"leg": 0, "amount": "1"}, {"leg": 0, "amount": "1"}]}""", "/legs/1/leg:twice");
        Fields(Reverse, """{"legs": [{"leg": -1, "amount": "1"}]}""", "/legs/0/leg:unknown_leg");
        Fields(Reverse, """{"difference": "nobody"}""", "/difference:unknown_value");
        Fields(Reverse, """{"onInsufficient": "hope"}""", "/onInsufficient:unknown_value");
        return data;
    }
}
