using Kopeck.Engine.Reading;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Stores.Tests;

/// <summary>Accounts now, in the past, and in lists.</summary>
public abstract class AccountReadTests(StoreEngine engine) : FilledStoreTests(engine)
{
    [Fact]
    public async Task Each_account_is_read_as_every_number_left_it()
    {
        var ids = Expected.AccountsAt(Expected.Head).Select(account => account.Id).ToList();
        // Every number of the short story, then some of the long one.
        foreach (var number
            in Enumerable.Range(1, (int)Expected.Head).Where(number => number < 60 || number % 37 == 0 || number >= Expected.Head - 2))
        {
            var expected = Expected.AccountsAt(number).ToDictionary(account => account.Id);
            foreach (var id in ids.Where((_, index) => number < 60 ? index < 20 : index % 5 == number % 5))
            {
                var read = await Store.GetAccountAsync(Main, id, number, Token);
                Assert.Equal(new AsOf<Account?>(expected.GetValueOrDefault(id), number), read);
            }
        }
    }

    [Fact]
    public async Task Now_is_the_head_and_the_future_is_now()
    {
        foreach (var account in Expected.AccountsAt(Expected.Head))
        {
            foreach (var at in new long?[] { null, Expected.Head, Expected.Head + 1, long.MaxValue })
                Assert.Equal(new AsOf<Account?>(account, Expected.Head), await Store.GetAccountAsync(Main, account.Id, at, Token));
        }
    }

    [Fact]
    public async Task What_is_no_account_is_null()
    {
        var accounts = Expected.AccountsAt(Expected.Head).Select(account => account.Id).ToHashSet();
        foreach (var id
            in Enumerable.Range(-1, 40).Select(id => (long)id).Append(long.MaxValue).Append(long.MinValue)
                .Where(id => !accounts.Contains(id)))
        {
            Assert.Equal(new AsOf<Account?>(null, Expected.Head), await Store.GetAccountAsync(Main, id, null, Token));
            Assert.Equal(new AsOf<Account?>(null, 20), await Store.GetAccountAsync(Main, id, 20, Token));
        }

        Assert.Equal(new AsOf<Account?>(null, 0), await Store.GetAccountAsync(BookName.Parse("nobody"), 3, null, Token));
    }

    [Fact]
    public async Task Accounts_are_listed_by_every_filter_and_all_together()
    {
        var all = Expected.AccountsAt(Expected.Head).ToList();
        AccountKind?[] kinds = [null, .. Enum.GetValues<AccountKind>()];
        string?[] currencies = [null, "EUR", "USD", "JPY", "CHF"];
        foreach (var kind in kinds)
        {
            foreach (var currency in currencies)
            {
                await RequireAsync(new AccountFilter(kind, currency));
                await RequireAsync(new AccountFilter(kind, currency, Code: AccountCode.Parse("fees")));
                foreach (var customer in all.Select(account => account.Customer).OfType<long>().Distinct().Take(3))
                    await RequireAsync(new AccountFilter(kind, currency, Customer: customer));
            }
        }

        foreach (var customer in Expected.Customers(new()).Select(customer => customer.Id).Append(1).Append(long.MaxValue))
            await RequireAsync(new AccountFilter(Customer: customer));
        foreach (var code
            in all.Where(account => account.Code is not null).Select(account => account.Code).Append(AccountCode.Parse("none"))
                .Append(AccountCode.Parse("Fees")))
            await RequireAsync(new AccountFilter(Code: code));
    }

    async Task RequireAsync(AccountFilter filter) => await RequireListAsync(
        Expected.Accounts(filter),
        async page =>
        {
            var found = await Store.ListAccountsAsync(Main, filter, page, Token);
            Assert.Equal(Expected.Head, found.Number);
            return found.Value;
        },
        filter.ToString());
}
