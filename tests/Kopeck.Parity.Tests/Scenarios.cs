using Kopeck.Parity.Tests.Driving;

namespace Kopeck.Parity.Tests;

/// <summary>
/// Stories that every interface tells alike. Together they use every step, and every error that a request can provoke on every interface.
/// </summary>
static class Scenarios
{
    const string Day = "2026-11-23";

    public static IReadOnlyDictionary<string, Func<Run, Task>> All { get; } =
        new Dictionary<string, Func<Run, Task>>(StringComparer.Ordinal)
        {
            ["money"] = MoneyAsync,
            ["refused money"] = RefusedMoneyAsync,
            ["customers"] = CustomersAsync,
            ["accounts"] = AccountsAsync,
            ["holds"] = HoldsAsync,
            ["refused holds"] = RefusedHoldsAsync,
            ["reversals"] = ReversalsAsync,
            ["batches"] = BatchesAsync,
            ["bulk"] = BulkAsync,
            ["quotes"] = QuotesAsync,
            ["lists"] = ListsAsync,
            ["history"] = HistoryAsync,
            ["statements"] = StatementsAsync,
            ["dry runs"] = DryRunsAsync,
            ["reference data"] = ReferenceAsync,
            ["keys and books"] = KeysAndBooksAsync,
            ["scopes"] = ScopesAsync,
        };

    static async Task MoneyAsync(Run run)
    {
        var ada = await run.TwiceAsync(new RegisterCustomer("Ada Lovelace", "GB", "London") { Code = "ada", Metadata = """{"tier":1.50}""", Currency = "EUR", Key = "r1" });
        var euro = ada["wallets/0/id"];
        var yen = (await run.TwiceAsync(new OpenWallet(ada["id"], "JPY", "ada-yen") { Key = "w1" }))["id"];
        await run.TwiceAsync(new Deposit(euro, "1000", "EUR") { Key = "d1", Description = "first", Metadata = """{"a":[1,2.50,"x"],"b":null}""" });
        await run.DoAsync(new LoadQuotes(Day, ("JPY", "0.0061"), ("USD", "0.92")) { Key = "q1" });
        var moved = await run.TwiceAsync(new Transfer(euro, yen, "25000", "JPY") { Key = "t1", Description = "Rechnung № 81 🍏" });
        await run.TwiceAsync(new Transfer(euro, yen, "10.01") { Key = "t2" });
        await run.TwiceAsync(new Withdraw(euro, "10.5") { Key = "x1", Metadata = "{}" });
        var fees = (await run.DoAsync(new OpenAccount("fees", "EUR") { NoFloor = true, Key = "a1" }))["id"];
        await run.TwiceAsync(
            new Post(new Leg(euro, fees, "1.00"), new Leg(fees, euro, "0.5")) { Key = "p1", Description = "fee and its return" });
        await run.DoAsync(new GetOperation(moved["id"]));
        await run.DoAsync(new GetAccount(euro));
        await run.DoAsync(new GetWallet(yen));
    }

    static async Task RefusedMoneyAsync(Run run)
    {
        var (euro, other, yen) = await SeedAsync(run);
        var fees = (await run.DoAsync(new OpenAccount("fees", "EUR") { Floor = "-5" }))["id"];
        await run.RefuseAsync("insufficient_funds", new Withdraw(euro, "100000") { Key = "x1" });
        await run.DoAsync(new Withdraw(euro, "1") { Key = "x2" });
        await run.RefuseAsync("key_reused", new Withdraw(euro, "2") { Key = "x2" });
        await run.RefuseAsync("key_reused", new Deposit(euro, "1") { Key = "x2" });
        await run.RefuseAsync("key_required", new Withdraw(euro, "11"));
        await run.RefuseAsync("invalid_key", new Withdraw(euro, "11") { Key = "a b" });
        await run.RefuseAsync("invalid_fields", new Deposit(euro, "1.234") { Key = "b1" }, "too_many_decimals");
        await run.RefuseAsync("invalid_fields", new Deposit(null, null) { Key = "b2" }, "required required");
        await run.RefuseAsync("invalid_fields", new Deposit("007", "1e2", "ZZZ") { Key = "b3" }, "bad_format exponent unknown_currency");
        await run.RefuseAsync("invalid_fields", new Deposit(euro, "1") { Key = "b4", Description = new string('x', 501) }, "too_long");
        await run.RefuseAsync("invalid_fields", new Deposit(euro, "1") { Key = "b5", Metadata = "[1]" }, "wrong_type");
        await run.RefuseAsync(
            "invalid_fields", new Post(new Leg(euro, null, "0"), new Leg("x", fees, "1")) { Key = "b6" }, "required bad_format");
        await run.RefuseAsync("invalid_fields", new Post(new Leg(euro, fees, "0")) { Key = "b6" }, "not_positive");
        await run.RefuseAsync("account_not_found", new Transfer(euro, "999999", "1") { Key = "b7" });
        await run.RefuseAsync("same_account", new Transfer(euro, euro, "1") { Key = "b8" });
        await run.RefuseAsync("account_not_found", new Transfer(euro, fees, "1") { Key = "b9" });
        await run.RefuseAsync("currency_mismatch", new Transfer(euro, other, "1", "USD") { Key = "b10" });
        await run.RefuseAsync("quote_missing", new Transfer(euro, yen, "1") { Key = "b11" });
        await run.DoAsync(new LoadQuotes("2026-11-01", ("JPY", "0.006")));
        await run.RefuseAsync("quote_stale", new Transfer(euro, yen, "1") { Key = "b12" });
        await run.DoAsync(new LoadQuotes(Day, ("JPY", "60000")));
        await run.RefuseAsync("amount_too_small", new Transfer(euro, yen, "0.01") { Key = "b13" });
        await run.DoAsync(new LoadQuotes(Day, ("JPY", "0.0001")));
        await run.DoAsync(new SetFloor(euro, null));
        await run.RefuseAsync("overflow", new Transfer(euro, yen, "1000000000000") { Key = "b17" });
        await run.DoAsync(new Freeze(other, "all"));
        await run.RefuseAsync("account_frozen", new Deposit(other, "1") { Key = "b14" });
        await run.DoAsync(new Unfreeze(other));
        await run.DoAsync(new Close(other));
        await run.RefuseAsync("account_closed", new Deposit(other, "1") { Key = "b15" });
        var cash = (await run.DoAsync(new ListAccounts(Kind: "cash")))["items/0/id"];
        await run.RefuseAsync("system_account", new Deposit(cash, "1") { Key = "b16" });
        await run.RefuseAsync("not_found", new GetOperation("999999"));
    }

    static async Task CustomersAsync(Run run)
    {
        var ada = (await run.TwiceAsync(new RegisterCustomer("Ada", "GB", "London") { Code = "ada", Key = "r1" }))["id"];
        await run.RefuseAsync("already_exists", new RegisterCustomer("Ada", "GB", "London") { Code = "ada", Key = "r2" });
        await run.RefuseAsync("invalid_fields", new RegisterCustomer(null, "QQ", " a") { Key = "r3" }, "surrounding_space required");
        await run.TwiceAsync(new ChangeCustomer(ada) { City = "Paris", Country = "FR", Metadata = """{"x":1}""", Key = "c1" });
        await run.DoAsync(new ChangeCustomer(ada, "code", "metadata") { Name = "Ada L.", Key = "c2" });
        await run.DoAsync(new ChangeCustomer(ada) { Name = "Ada L.", Key = "c3" });
        await run.RefuseAsync("invalid_fields", new ChangeCustomer(ada, "name") { Key = "c4" }, "required");
        await run.RefuseAsync("not_found", new ChangeCustomer("999999") { Name = "X" });
        await run.DoAsync(new GetCustomer(ada));
        await run.DoAsync(new ListCustomers(Name: "ada"));
        await run.TwiceAsync(new EraseCustomer(ada) { Key = "e1" });
        await run.DoAsync(new EraseCustomer(ada));
        await run.DoAsync(new GetCustomer(ada));
        await run.RefuseAsync("not_found", new GetCustomer("1"));
        await run.RefuseAsync("not_found", new OpenWallet(ada, "EUR"));
        await run.DoAsync(new RegisterCustomer("Ada", "GB", "London") { Code = "ada", Key = "r1" });
    }

    static async Task AccountsAsync(Run run)
    {
        var (euro, other, _) = await SeedAsync(run);
        var reserve = await run.TwiceAsync(new OpenAccount("reserve", "EUR") { Floor = "0", Key = "a1" });
        await run.TwiceAsync(new OpenAccount("promo", "JPY") { NoFloor = true, Key = "a2" });
        await run.RefuseAsync("already_exists", new OpenAccount("promo", "JPY") { Key = "a3" });
        await run.RefuseAsync("invalid_fields", new OpenAccount(null, "JPY") { Floor = "1.5" }, "required");
        await run.RefuseAsync("invalid_fields", new OpenAccount("x", "JPY") { Floor = "1.5" }, "too_many_decimals");
        await run.TwiceAsync(new Freeze(euro, "debits") { Key = "f1" });
        await run.DoAsync(new Freeze(euro, "debits"));
        await run.TwiceAsync(new Freeze(euro, "all") { Key = "f2" });
        await run.RefuseAsync("invalid_fields", new Freeze(euro, null), "required");
        await run.TwiceAsync(new Unfreeze(euro) { Key = "f3" });
        await run.DoAsync(new Unfreeze(euro));
        await run.TwiceAsync(new SetFloor(euro, "-100.5") { Key = "l1" });
        await run.DoAsync(new SetFloor(euro, "-100.5"));
        await run.TwiceAsync(new SetFloor(euro, null) { Key = "l2" });
        await run.RefuseAsync("insufficient_funds", new SetFloor(other, "1"));
        await run.RefuseAsync("invalid_fields", new SetFloor(other, "--1"), "not_a_number");
        await run.RefuseAsync("account_not_empty", new Close(euro));
        await run.TwiceAsync(new Close(other) { Key = "k1" });
        await run.RefuseAsync("account_closed", new Freeze(other, "all"));
        await run.RefuseAsync("not_found", new Close("999999"));
        var cash = (await run.DoAsync(new ListAccounts(Kind: "cash", Currency: "EUR")))["items/0/id"];
        await run.RefuseAsync("system_account", new Freeze(cash, "all"));
        await run.RefuseAsync("not_found", new GetWallet(reserve["id"]));
    }

    static async Task HoldsAsync(Run run)
    {
        var (euro, other, yen) = await SeedAsync(run);
        await run.DoAsync(new Deposit(euro, "900") { Key = "more" });
        await run.DoAsync(new LoadQuotes(Day, ("JPY", "0.0061")));
        var hold = await run.TwiceAsync(new PlaceHold(euro, "100") { MaxAmount = "115", Seconds = 604_800, Description = "room 12", Metadata = """{"room":12}""", Key = "h1" });
        var id = hold["id"];
        await run.TwiceAsync(new PlaceHold(euro, "10") { To = other, Key = "h2" });
        await run.TwiceAsync(new PlaceHold(euro, "500", "JPY") { To = yen, Key = "h3" });
        var lasting = (await run.TwiceAsync(new PlaceHold(euro, "1") { IsForever = true, Key = "h4" }))["id"];
        await run.TwiceAsync(new PlaceHold(euro, "1") { To = "cash", ExpiresAt = "2026-12-01T00:00:00Z", Key = "h5" });
        await run.TwiceAsync(new IncreaseHold(id, By: "5") { Key = "i1" });
        await run.TwiceAsync(new IncreaseHold(id, Amount: "110", MaxAmount: "120") { Key = "i2" });
        await run.TwiceAsync(new ExtendHold(id, 2_000_000) { Key = "e1" });
        await run.TwiceAsync(new ExtendHold(id) { ExpiresAt = "2027-01-01T00:00:00Z", Key = "e2" });
        var first = await run.TwiceAsync(new CaptureHold(id, "30", To: other) { Description = "breakfast", Metadata = "{}", Key = "c1" });
        await run.DoAsync(new GetOperation(first["id"]));
        await run.TwiceAsync(new CaptureHold(id) { Legs = [new(other, "5"), new(yen, "100", "JPY")], Key = "c2" });
        await run.TwiceAsync(new ReleaseHold(id, "4") { Key = "r1" });
        await run.DoAsync(new GetHold(id));
        await run.DoAsync(new GetAccount(euro));
        await run.TwiceAsync(new CaptureHold(id, "2", To: "cash") { IsFinal = true, Key = "c3" });
        await run.TwiceAsync(new ReleaseHold(lasting) { Key = "r2" });
        await run.DoAsync(new GetHold(id, At: first["id"]));
        await run.DoAsync(new GetHold(id, At: first["at"]));
        await run.DoAsync(new GetAccount(euro, At: first["id"]));
        await run.DoAsync(new ListHolds(Account: euro) { Order = "asc" });
        await run.DoAsync(new ListHolds(Status: "open", To: other));
        await run.DoAsync(new ListHolds(ExpiresBefore: "2026-12-01T00:00:01Z") { Limit = "1" });
        var small = (await run.DoAsync(new PlaceHold(euro, "20") { Key = "h6" }))["id"];
        await run.TwiceAsync(new SubmitBatch(
            false,
            new PlaceHold(euro, "2") { Seconds = 60 },
            new IncreaseHold(small, By: "1"),
            new ExtendHold(small, 1_000_000),
            new CaptureHold(small, "1", To: other) { Description = "of a batch" },
            new ReleaseHold(small),
            new ReverseOperation(first["id"], "1") { Reason = "of a batch" })
        { Key = "b1" });
        await run.DoAsync(
            new Submit(
                new PlaceHold(euro, "2") { Key = "s1", Seconds = 60 }, new ReleaseHold(id) { Key = "s2" },
                new CaptureHold(id, "x") { Key = "s3" }));
        await run.DoAsync(new PlaceHold(euro, "2") { Key = "h7", DryRun = true });
        await run.DoAsync(new Watch(0, 20));
        await run.DoAsync(new ListOperations(Account: euro, Kind: "capture"));
    }

    static async Task RefusedHoldsAsync(Run run)
    {
        var (euro, other, _) = await SeedAsync(run);
        await run.RefuseAsync("invalid_fields", new PlaceHold(null, null) { Key = "k1" }, "required required");
        await run.RefuseAsync("invalid_fields", new PlaceHold(euro, "1.001") { MaxAmount = "0", Key = "k2" }, "too_many_decimals");
        await run.RefuseAsync("invalid_fields", new PlaceHold(euro, "1") { Seconds = 0, Key = "k3" }, "out_of_range");
        await run.RefuseAsync(
            "invalid_fields", new PlaceHold(euro, "1") { Seconds = 5, ExpiresAt = "2026-12-01T00:00:00Z", Key = "k4" }, "excluded");
        await run.RefuseAsync("insufficient_funds", new PlaceHold(euro, "100000") { Key = "k5" });
        var id = (await run.DoAsync(new PlaceHold(euro, "10") { To = other, Seconds = 60, Key = "h1" }))["id"];
        await run.RefuseAsync("account_not_empty", new Close(euro));
        await run.RefuseAsync("capture_exceeds_hold", new CaptureHold(id, "10.01") { Key = "k6" });
        await run.RefuseAsync("hold_receiver_mismatch", new CaptureHold(id, "1", To: "cash") { Key = "k7" });
        await run.RefuseAsync("release_exceeds_hold", new ReleaseHold(id, "11") { Key = "k8" });
        await run.RefuseAsync("invalid_fields", new IncreaseHold(id) { Key = "k9" }, "required");
        await run.RefuseAsync("invalid_fields", new IncreaseHold(id, "1", "20") { Key = "k10" }, "excluded");
        await run.RefuseAsync("invalid_fields", new ExtendHold(id) { Key = "k11" }, "required");
        await run.RefuseAsync("invalid_fields", new ExtendHold(id, 1) { Key = "k12" }, "not_later");
        await run.RefuseAsync("invalid_fields", new CaptureHold(id, "1") { Legs = [new(other, "1")], Key = "k13" }, "excluded");
        await run.RefuseAsync("invalid_fields", new CaptureHold(id, "1", To: "nobody") { Key = "k14" }, "bad_format");
        await run.RefuseAsync("not_found", new CaptureHold("999999") { Key = "k15" });
        await run.RefuseAsync("not_found", new GetHold(euro));
        await run.RefuseAsync("key_required", new ReleaseHold(id));
        await run.DoAsync(new ReleaseHold(id) { Key = "r1" });
        await run.RefuseAsync("hold_closed", new CaptureHold(id) { Key = "k16" });
        var short1 = (await run.DoAsync(new PlaceHold(euro, "10") { Seconds = 1, Key = "h2" }))["id"];
        await run.RefuseAsync("hold_expired", new ReleaseHold(short1) { Key = "k17" });
        var many = (await run.DoAsync(new PlaceHold(euro, "20") { Key = "h3" }))["id"];
        var teller = new Role("teller", "transfer");
        await run.RefuseAsync("forbidden", new PlaceHold(euro, "1") { IsForever = true, Key = "k19", Role = teller });
        await run.RefuseAsync("forbidden", new CaptureHold(many, "1", To: "cash") { Key = "k20", Role = teller });
        await run.DoAsync(new ReleaseHold(many) { Key = "r2", Role = teller });
        await run.RefuseAsync("forbidden", new ListHolds { Role = teller });
    }

    static async Task ReversalsAsync(Run run)
    {
        var (euro, other, yen) = await SeedAsync(run);
        await run.DoAsync(new LoadQuotes(Day, ("JPY", "0.0061")));
        var paid = await run.DoAsync(new Transfer(euro, other, "60") { Key = "t1" });
        var id = paid["id"];
        var part = await run.TwiceAsync(new ReverseOperation(id, "15") { Reason = "one was broken", Key = "v1" });
        await run.TwiceAsync(new ReverseOperation(id) { Legs = [new(0, "5", "EUR")], Description = "again", Key = "v2" });
        await run.DoAsync(new GetOperation(id));
        await run.DoAsync(new GetOperation(id, At: part["id"]));
        await run.RefuseAsync("reversal_exceeds", new ReverseOperation(id, "40.01") { Key = "k1" });
        await run.DoAsync(new ListOperations { Reverses = id });
        await run.DoAsync(new ListOperations(Account: euro) { Reversed = "partly" });
        await run.DoAsync(new ListOperations(Kind: "transfer") { Reversed = "none" });
        await run.TwiceAsync(new ReverseOperation(id) { Key = "v3" });
        await run.DoAsync(new ListOperations { Reversed = "fully" });
        await run.RefuseAsync("already_reversed", new ReverseOperation(id) { Key = "k2" });
        await run.RefuseAsync("not_reversible", new ReverseOperation(euro) { Key = "k3" });
        await run.RefuseAsync("not_found", new ReverseOperation("999999") { Key = "k4" });
        await run.RefuseAsync("invalid_fields", new ReverseOperation(id, "1") { Legs = [new(0, "1")], Key = "k5" }, "excluded");
        await run.RefuseAsync("invalid_fields", new ReverseOperation(id) { Legs = [new(7, "1"), new(null, "0")], Key = "k6" }, "required");
        await run.RefuseAsync("currency_mismatch", new ReverseOperation(part["id"], "1", "USD") { Key = "k7" });
        var converted = (await run.DoAsync(new Transfer(euro, yen, "2500", "JPY") { Key = "t2" }))["id"];
        await run.TwiceAsync(new ReverseOperation(converted, "1000", "JPY") { Key = "v4" });
        await run.DoAsync(new LoadQuotes(Day, ("JPY", "0.0067")));
        await run.TwiceAsync(new ReverseOperation(converted, "3") { Difference = "sender", Key = "v5" });
        await run.DoAsync(new Withdraw(yen, "500") { Key = "x1" });
        await run.TwiceAsync(new ReverseOperation(converted) { OnInsufficient = "partial", Difference = "receiver", Key = "v6" });
        await run.DoAsync(new GetOperation(converted));
        await run.RefuseAsync("forbidden", new ReverseOperation(converted) { Key = "k8", Role = new Role("cashier", "cash") });
        await run.DoAsync(new GetOperation(part["id"]));
        await run.DoAsync(new GetAccount(yen));
    }

    static async Task BatchesAsync(Run run)
    {
        var (euro, other, yen) = await SeedAsync(run);
        MoneyStep[] items =
        [
            new Deposit(euro, "3") { Key = "own", Description = "mine" },
            new Deposit(euro, "x"),
            new Withdraw(yen, "7"),
            new Transfer(euro, other, "1") { Metadata = """{"n":1e2}""" },
            new Post(new Leg(other, euro, "0.5")),
        ];
        await run.DoAsync(new SubmitBatch(false, items) { Key = "b1" });
        await run.DoAsync(new SubmitBatch(false, items) { Key = "b1" });
        await run.RefuseAsync("key_required", new SubmitBatch(false, items));
        await run.RefuseAsync("batch_aborted", new SubmitBatch(true, new Deposit(euro, "1"), new Withdraw(yen, "7")) { Key = "b2" });
        await run.TwiceAsync(new SubmitBatch(true, new Deposit(euro, "1"), new Withdraw(euro, "1")) { Key = "b3" });
        await run.DoAsync(new SubmitBatch(true, new Deposit(euro, "5")) { Key = "b4", DryRun = true });
        // The key is the batch's: whatever else comes under it is another request, whatever keys the items have.
        await run.RefuseAsync("key_reused", new SubmitBatch(false, items[..4]) { Key = "b1" });
        await run.RefuseAsync("key_reused", new SubmitBatch(true, items) { Key = "b1" });
        await run.RefuseAsync("key_reused", new Deposit(euro, "3") { Key = "b1", Description = "mine" });
        var mine = new Deposit(euro, "2") { Key = "o1" };
        await run.DoAsync(new SubmitBatch(false, mine, new Deposit(euro, "4") { Key = "o2" }) { Key = "b5" });
        await run.RefuseAsync("key_reused", new SubmitBatch(false, mine, new Deposit(euro, "5") { Key = "o3" }) { Key = "b5" });
        await run.DoAsync(new Deposit(euro, "2") { Key = "o1" });
        await run.RefuseAsync("key_reused", new SubmitBatch(false, new Deposit(euro, "2")) { Key = "o1" });
    }

    static async Task BulkAsync(Run run)
    {
        var (euro, other, yen) = await SeedAsync(run);
        await run.DoAsync(new Submit(
            new Deposit(euro, "3") { Key = "s1" },
            new Transfer(euro, other, "2") { Key = "s2" },
            new Withdraw(yen, "7") { Key = "s3" },
            new Deposit(euro, "1.001") { Key = "s4" },
            new Deposit(euro, "3") { Key = "s1" },
            new Deposit(euro, "4") { Key = "s1" }));
        await run.DoAsync(new GetAccount(euro));
    }

    static async Task QuotesAsync(Run run)
    {
        await run.TwiceAsync(new LoadQuotes(Day, ("USD", "0.92"), ("JPY", "0.0061"), ("GBP", "1.17000000000001")) { Key = "q1" });
        await run.DoAsync(new LoadQuotes("2026-11-20", ("USD", "0.93")));
        await run.DoAsync(new LoadQuotes("2026-11-30", ("USD", "0.95")));
        await run.DoAsync(new LoadQuotes("2026-11-30", ("USD", "0.95")));
        await run.DoAsync(new LoadQuotes("2026-11-29", new QuoteStep("USD", "1", "1.0870"), new QuoteStep("JPY", "53.1234", "100")));
        await run.RefuseAsync("invalid_fields", new LoadQuotes(Day, new QuoteStep("USD", "1", "0")), "not_positive");
        await run.RefuseAsync("invalid_fields", new LoadQuotes(Day), "empty");
        await run.RefuseAsync("invalid_fields", new LoadQuotes(Day, ("USD", "0")), "not_positive");
        await run.RefuseAsync("invalid_fields", new LoadQuotes(Day, ("EUR", "1")), "base_currency");
        await run.RefuseAsync("invalid_fields", new LoadQuotes("2999-01-01", ("USD", "1")), "date_too_late");
        await run.RefuseAsync("not_found", new LoadQuotes("2026-02-30", ("USD", "1")));
        var feed = $$$"""{"amount": 1.0, "base": "EUR", "date": "{{{Day}}}", "rates": {"SEK": 11.2, "USD": 1.08, "HRK": 7.5, "XAU": 0.0004}}""";
        await run.TwiceAsync(new ImportQuotes(feed) { Key = "i1" });
        await run.RefuseAsync("invalid_fields", new ImportQuotes("nothing"), "unknown_format");
        await run.DoAsync(new GetQuotes());
        await run.DoAsync(new GetQuotes("2026-11-21"));
        await run.DoAsync(new ListQuotes("USD"));
        await run.DoAsync(new ListQuotes("USD", "2026-11-21", "2026-11-24") { Order = "asc" });
        await run.RefuseAsync("invalid_query", new ListQuotes("USD", "x"), "bad_value");
        await run.RefuseAsync("not_found", new ListQuotes("XAU"));
    }

    static async Task ListsAsync(Run run)
    {
        var (euro, _, _) = await SeedAsync(run);
        foreach (var number in Enumerable.Range(1, 5))
            await run.DoAsync(new Deposit(euro, "1") { Key = $"n{number}" });
        var first = await run.DoAsync(new ListOperations(Account: euro) { Limit = "3" });
        var second = await run.DoAsync(new ListOperations(Account: euro) { Limit = "3", Cursor = first["next"] });
        Assert.NotEqual(first["items/0/id"], second["items/0/id"]);
        await run.RefuseAsync("invalid_query", new ListOperations { Cursor = first["next"] }, "bad_value");
        await run.RefuseAsync("invalid_query", new ListOperations { Limit = "1001" }, "bad_value");
        await run.DoAsync(new ListOperations(Kind: "deposit") { Order = "asc" });
        await run.DoAsync(new ListOperations(IdempotencyKey: "n2"));
        await run.DoAsync(new ListOperations(Customer: "2", Since: "2026-11-23T09:00:04.000000Z", Until: "2026-11-23T09:00:06.000000Z"));
        await run.DoAsync(new ListAccounts { Limit = "2" });
        await run.DoAsync(new ListAccounts(Currency: "JPY", Customer: "2"));
        await run.DoAsync(new ListAccounts(Code: "none"));
        await run.DoAsync(new ListWallets("2") { Order = "asc", Limit = "1" });
        await run.RefuseAsync("not_found", new ListWallets("1"));
        await run.DoAsync(new ListCustomers(Country: "GB"));
        await run.DoAsync(new ListCustomers(Code: "ada"));
        await run.RefuseAsync("invalid_query", new ListCustomers(Country: "gb"), "bad_format");
        await run.DoAsync(new Watch(0, 6));
        await run.DoAsync(new Watch(5, 3));
        await run.DoAsync(new Watch(5, 3) { Leaves = true });
        await run.RefuseAsync("invalid_query", new Watch(999, 1), "in_the_future");
    }

    static async Task HistoryAsync(Run run)
    {
        var (euro, _, _) = await SeedAsync(run);
        var deposit = await run.DoAsync(new Deposit(euro, "5") { Key = "h1" });
        await run.DoAsync(new Withdraw(euro, "2") { Key = "h2" });
        await run.DoAsync(new GetAccount(euro, deposit["id"]));
        await run.DoAsync(new GetWallet(euro, deposit["at"]));
        await run.RefuseAsync("invalid_query", new GetAccount(euro, "999"), "in_the_future");
        await run.RefuseAsync("invalid_query", new GetWallet(euro, "2999-01-01T00:00:00.000000Z"), "in_the_future");
        await run.RefuseAsync("not_found", new GetAccount(euro, "1"));
    }

    static async Task StatementsAsync(Run run)
    {
        var (euro, _, yen) = await SeedAsync(run);
        await run.DoAsync(new LoadQuotes(Day, ("JPY", "0.0061")) { Key = "q1" });
        var transfer = await run.DoAsync(new Transfer(euro, yen, "1000", "JPY") { Key = "s1", Description = "=оплата" });
        var twin = await run.DoAsync(new RegisterCustomer("Ada Byron", "GB", "Ockham") { Currency = "GBP" });
        foreach (var format in new[] { null, "json", "ndjson", "csv", "xml", "xlsx" })
        {
            await run.DoAsync(new GetStatement(Wallet: yen) { Format = format });
            await run.DoAsync(new GetStatement(Customer: "2") { Format = format, Lang = "ru", At = transfer["id"] });
            await run.DoAsync(
                new GetStatement(Name: "ada b") { Format = format, Since = "2026-01-01T00:00:00Z", Until = "2999-01-01T00:00:00Z" });
        }

        foreach (var report in new[] { "trial-balance", "exchange", "turnover", "postings" })
        {
            await run.DoAsync(new GetReport(report));
            await run.DoAsync(new GetReport(report) { Format = "csv", Lang = "ru", At = transfer["id"] });
            await run.DoAsync(new GetReport(report) { Format = "xlsx", At = transfer["at"] });
            await run.RefuseAsync("invalid_query", new GetReport(report) { Format = "pages" }, "bad_value");
        }

        await run.DoAsync(new GetReport("exchange", Day) { Format = "csv" });
        await run.RefuseAsync("invalid_query", new GetReport("exchange", "2026-02-30"), "bad_value");
        await run.DoAsync(new GetReport("turnover") { Since = transfer["at"] });
        await run.DoAsync(new GetReport("turnover") { Format = "csv", Tz = "Pacific/Kiritimati" });
        await run.DoAsync(new GetReport("trial-balance") { Format = "csv", Since = transfer["at"], Tz = "Europe/Moscow" });
        await run.DoAsync(new GetStatement(Account: yen) { Format = "csv", Tz = "America/New_York" });
        await run.DoAsync(new GetStatement(Wallet: yen) { Format = "mt940", Tz = "Asia/Tokyo" });
        await run.RefuseAsync("invalid_query", new GetStatement(Wallet: yen) { Tz = "Mars/Olympus" }, "unknown_zone");
        await run.RefuseAsync("invalid_query", new GetReport("postings") { Tz = "" }, "unknown_zone");
        await run.RefuseAsync("not_found", new GetStatement(Account: "999"));
        await run.RefuseAsync(
            "invalid_query", new GetReport("turnover") { Since = "2026-01-02T00:00:00Z", Until = "2026-01-01T00:00:00Z" }, "before_since");
        await run.RefuseAsync("ambiguous_name", new GetStatement(Name: "ad"));
        await run.RefuseAsync("not_found", new GetStatement(Name: "nobody"));
        await run.RefuseAsync("invalid_query", new GetStatement(), "required");
        await run.RefuseAsync("invalid_query", new GetStatement(Name: ""), "empty");
        await run.RefuseAsync("not_found", new GetStatement(Wallet: "999"));
        await run.RefuseAsync("not_found", new GetStatement(Wallet: twin["wallets/0/id"]) { At = transfer["id"] });
        await run.RefuseAsync("not_found", new GetStatement(Customer: yen));
        await run.RefuseAsync("invalid_query", new GetStatement(Wallet: yen) { Format = "doc", Lang = "xx" }, "bad_value bad_value");
        await run.RefuseAsync("invalid_query", new GetStatement(Wallet: yen) { At = "999" }, "in_the_future");
        await run.RefuseAsync("invalid_query", new GetStatement(Wallet: yen) { At = "2999-01-01T00:00:00.000000Z" }, "in_the_future");
        await run.RefuseAsync("forbidden", new GetStatement(Wallet: yen) { Role = new Role("cashier", "cash") });
    }

    static async Task DryRunsAsync(Run run)
    {
        var (euro, other, yen) = await SeedAsync(run);
        await run.DoAsync(new LoadQuotes(Day, ("JPY", "0.0061")));
        await run.DoAsync(new RegisterCustomer("Eva", "HU", "Pécs") { Currency = "HUF", DryRun = true, Key = "k" });
        await run.DoAsync(new OpenWallet("2", "USD") { DryRun = true });
        await run.DoAsync(new OpenAccount("x", "USD") { DryRun = true });
        await run.DoAsync(new Deposit(euro, "1") { DryRun = true, Key = "k" });
        await run.DoAsync(new Transfer(euro, yen, "1") { DryRun = true, Key = "k" });
        await run.DoAsync(new Freeze(other, "all") { DryRun = true });
        await run.DoAsync(new LoadQuotes(Day, ("USD", "1")) { DryRun = true });
        await run.RefuseAsync("insufficient_funds", new Withdraw(other, "1") { DryRun = true, Key = "k" });
        await run.DoAsync(new Deposit(euro, "2") { Key = "k" });
    }

    static async Task ReferenceAsync(Run run)
    {
        await run.DoAsync(new ListCurrencies());
        await run.DoAsync(new ListCountries());
        await run.DoAsync(new ListCountries("ger", "5"));
        await run.DoAsync(new ListCities("DE", "mün"));
        await run.RefuseAsync("invalid_query", new ListCities(null), "required");
        await run.RefuseAsync("invalid_query", new ListCities("QQ"), "unknown_country");
    }

    // The secrets are random, so that only what is not secret is compared.
    static async Task KeysAndBooksAsync(Run run)
    {
        await run.DoAsync(new CreateKey("shop", "read", "cash") { DryRun = true });
        await run.RefuseAsync("invalid_fields", new CreateKey("a b"), "bad_format required");
        await run.DoAsync(new ListKeys());
        await run.RefuseAsync("forbidden", new RevokeKey("admin"));
        await run.RefuseAsync("not_found", new RevokeKey("nobody"));
        await run.DoAsync(new ChangeKey("admin", "10.0.0.0/8,2001:db8::1", 5) { DryRun = true });
        await run.RefuseAsync("invalid_fields", new ChangeKey("admin", "10.0.0.0/99", 0), "not_networks out_of_range");
        await run.RefuseAsync("not_found", new ChangeKey("nobody"));
        await run.RefuseAsync("not_found", new RotateKey("nobody", 60));
        await run.RefuseAsync("invalid_fields", new RotateKey("admin", -1), "out_of_range");
        await run.RefuseAsync("already_exists", new CreateKey("admin", "read"));
        await run.DoAsync(new ListBooks { Role = Role.Operator });
        await run.DoAsync(new OpenBook("second", "JPY", 3) { Role = Role.Operator, DryRun = true });
        await run.DoAsync(new OpenBook("third", "JPY", 3, "Asia/Tokyo") { Role = Role.Operator, DryRun = true });
        await run.RefuseAsync("invalid_fields", new OpenBook("third", TimeZone: "Mars/Olympus") { Role = Role.Operator }, "unknown_zone");
        await run.DoAsync(new GetBook());
        await run.DoAsync(new ChangeBook(3, "Asia/Tokyo") { DryRun = true });
        await run.TwiceAsync(new ChangeBook(3, "Asia/Tokyo") { Key = "terms" });
        await run.DoAsync(new ChangeBook(TimeZone: "Asia/Tokyo"));
        await run.DoAsync(new ChangeBook());
        await run.DoAsync(new GetBook());
        await run.RefuseAsync("key_reused", new ChangeBook(4) { Key = "terms" });
        await run.RefuseAsync("invalid_fields", new ChangeBook(0, "Mars/Olympus"), "out_of_range");
        await run.RefuseAsync("invalid_fields", new ChangeBook(TimeZone: "Mars/Olympus"), "unknown_zone");
        await run.RefuseAsync("forbidden", new ChangeBook(4) { Role = new Role("watcher", "read") });
        await run.RefuseAsync("forbidden", new GetBook { Role = Role.Operator });
        await run.RefuseAsync("already_exists", new OpenBook("main") { Role = Role.Operator });
        await run.RefuseAsync("invalid_fields", new OpenBook("UPPER") { Role = Role.Operator }, "bad_format");
        await run.RefuseAsync("forbidden", new ListBooks());
        await run.RefuseAsync("forbidden", new ListKeys { Role = Role.Operator });
    }

    static async Task ScopesAsync(Run run)
    {
        var (euro, other, _) = await SeedAsync(run);
        var reader = new Role("reader", "read");
        var cashier = new Role("cashier", "cash");
        await run.DoAsync(new GetAccount(euro) { Role = reader });
        await run.RefuseAsync("forbidden", new Deposit(euro, "1") { Key = "s1", Role = reader });
        await run.DoAsync(new Deposit(euro, "1") { Key = "s2", Role = cashier });
        await run.RefuseAsync("forbidden", new GetAccount(euro) { Role = cashier });
        await run.RefuseAsync("forbidden", new Watch(0, 1) { Role = cashier });
        await run.DoAsync(new SubmitBatch(false, new Deposit(euro, "1"), new Transfer(euro, other, "1")) { Key = "s3", Role = cashier });
        await run.DoAsync(
            new Submit(new Deposit(euro, "1") { Key = "s4" }, new Transfer(euro, other, "1") { Key = "s5" }) { Role = cashier });
    }

    /// <summary>A customer with two wallets in euros, 100.00 in the first, and one in yens.</summary>
    static async Task<(string Euro, string Other, string Yen)> SeedAsync(Run run)
    {
        var ada = await run.DoAsync(new RegisterCustomer("Ada", "GB", "London") { Code = "ada", Currency = "EUR" });
        var other = await run.DoAsync(new OpenWallet(ada["id"], "EUR"));
        var yen = await run.DoAsync(new OpenWallet(ada["id"], "JPY"));
        await run.DoAsync(new Deposit(ada["wallets/0/id"], "100") { Key = "seed" });
        return (ada["wallets/0/id"], other["id"], yen["id"]);
    }
}
