using Kopeck.Parity.Tests.Driving;

namespace Kopeck.Parity.Tests;

/// <summary>Stories that every interface tells alike.</summary>
static class Scenarios
{
    public static IReadOnlyDictionary<string, Func<Run, Task>> All { get; } = new Dictionary<string, Func<Run, Task>>(StringComparer.Ordinal)
    {
        ["money"] = MoneyAsync,
    };

    static async Task MoneyAsync(Run run)
    {
        var ada = await run.TwiceAsync(new RegisterCustomer("Ada Lovelace", "GB", "London") { Code = "ada", Metadata = """{"tier":1.50}""", Currency = "EUR", Key = "r1" });
        var euro = ada["wallets/0/id"];
        var yen = (await run.TwiceAsync(new OpenWallet(ada["id"], "JPY", "ada-yen") { Key = "w1" }))["id"];
        await run.TwiceAsync(new Deposit(euro, "1000", "EUR") { Key = "d1", Description = "first", Metadata = """{"a":[1,2.50,"x"]}""" });
        await run.DoAsync(new LoadQuotes("2026-11-23", ("JPY", "0.0061"), ("USD", "0.92")) { Key = "q1" });
        await run.TwiceAsync(new Transfer(euro, yen, "25000", "JPY") { Key = "t1", Description = "invoice 81" });
        await run.DoAsync(new Withdraw(euro, "10.5") { Key = "x1" });
        await run.RefuseAsync("insufficient_funds", new Withdraw(euro, "100000") { Key = "x2" });
        await run.RefuseAsync("key_reused", new Withdraw(euro, "11") { Key = "x1" });
        await run.RefuseAsync("key_required", new Withdraw(euro, "11"));
        await run.RefuseAsync("invalid_fields", new Deposit(euro, "1.234") { Key = "d2" }, "too_many_decimals");
    }
}
