using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kopeck.Embedded;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;
using Kopeck.Server.Answers;

namespace Kopeck.Parity.Tests.Driving;

/// <summary>The ledger inside this process. What it answers is shown by the server's own contents, which hold the same values.</summary>
sealed class EmbeddedDriver(KopeckLedger ledger) : ILedgerDriver
{
    public static async Task<ILedgerDriver> StartAsync(Bench bench) =>
        new EmbeddedDriver(await KopeckLedger.OpenAsync(bench.DatabasePath, new LedgerOptions { Actor = "admin", Time = bench.Clock, Salts = bench.Salts }));

    public ValueTask DisposeAsync() => ledger.DisposeAsync();

    public async Task<Told> DoAsync(Step step)
    {
        var role = step.Role;
        var mine = role.IsOperator ? ledger.AsOperator(role.Name) : ledger.As(role.Name, role.Scopes.Aggregate(Scopes.None, (sum, scope) => sum | ScopeNames.Parse(scope)));
        var call = new CallOptions { Key = step.Key, DryRun = step.DryRun };
        switch (step)
        {
            case RegisterCustomer s:
                var registered = await mine.RegisterAsync(new(s.Name, s.Country, s.City) { Code = s.Code, Metadata = s.Metadata, Currency = s.Currency, Key = s.Key, DryRun = s.DryRun });
                return Tell(registered, made => new CustomerContent(made.Customer, registered.AsOf, made.Wallet is { } wallet ? [new AccountContent(wallet, registered.AsOf, step.DryRun)] : [], step.DryRun));
            case ChangeCustomer s:
                return TellCustomer(await mine.ChangeCustomerAsync(s.Customer, new() { Name = s.Name, Country = s.Country, City = s.City, Code = s.Code, Metadata = s.Metadata, Clear = s.Clear, Key = s.Key, DryRun = s.DryRun }));
            case EraseCustomer s:
                return TellCustomer(await mine.EraseCustomerAsync(s.Customer, call));
            case GetCustomer s:
                return TellCustomer(await mine.GetCustomerAsync(s.Customer));
            case ListCustomers s:
                var customers = await mine.ListCustomersAsync(Page(s, new CustomerQuery { Name = s.Name, Code = s.Code, Country = s.Country }));
                return TellPage(customers, customer => new CustomerContent(customer, customers.AsOf));
            case OpenWallet s:
                return TellAccount(await mine.OpenWalletAsync(s.Customer, new(s.Currency, s.Code) { Key = s.Key, DryRun = s.DryRun }), step.DryRun);
            case OpenAccount s:
                var account = new AccountRequest(s.Code, s.Currency) { Key = s.Key, DryRun = s.DryRun };
                return TellAccount(await mine.OpenAccountAsync(s.NoFloor || s.Floor is not null ? account with { Floor = s.Floor } : account), step.DryRun);
            case Freeze s:
                return TellAccount(await mine.FreezeAsync(s.Account, s.What is { } what ? Enum.Parse<FreezeScope>(what, ignoreCase: true) : null, call));
            case Unfreeze s:
                return TellAccount(await mine.UnfreezeAsync(s.Account, call));
            case Close s:
                return TellAccount(await mine.CloseAsync(s.Account, call));
            case SetFloor s:
                return TellAccount(await mine.SetFloorAsync(s.Account, s.Floor, call));
            case GetWallet s:
                return TellAccount(await mine.GetWalletAsync(s.Wallet, Point(s.At)));
            case GetAccount s:
                return TellAccount(await mine.GetAccountAsync(s.Account, Point(s.At)));
            case ListWallets s:
                var wallets = await mine.ListWalletsAsync(s.Customer, Page(s, new ListQuery()));
                return TellPage(wallets, wallet => new AccountContent(wallet, wallets.AsOf));
            case ListAccounts s:
                var accounts = await mine.ListAccountsAsync(Page(s, new AccountQuery { Kind = s.Kind is { } kind ? Enum.Parse<AccountKind>(kind, ignoreCase: true) : null, Currency = s.Currency, Code = s.Code, Customer = Id(s.Customer) }));
                return TellPage(accounts, found => new AccountContent(found, accounts.AsOf));
            default:
                return await DoMoreAsync(mine, step, call);
        }
    }

    static async Task<Told> DoMoreAsync(KopeckLedger mine, Step step, CallOptions call)
    {
        switch (step)
        {
            case Deposit or Withdraw or Transfer or Post:
                return TellOperation(await MoveAsync(mine, Money((MoneyStep)step)));
            case SubmitBatch s:
                return Tell(await mine.SubmitBatchAsync(new([.. s.Items.Select(Money)]) { Atomic = s.Atomic, Key = s.Key, DryRun = s.DryRun }), Outcomes);
            case Submit s:
                var told = new List<Outcome>();
                await foreach (var outcome in mine.SubmitAsync(s.Items.Select(Money).ToAsyncEnumerable()))
                    told.Add(outcome);
                return Told.Done(Outcomes(told));
            case GetOperation s:
                return TellOperation(await mine.GetOperationAsync(s.Operation));
            case ListOperations s:
                var query = new OperationQuery
                {
                    Account = Id(s.Account),
                    Customer = Id(s.Customer),
                    Kind = OperationKinds.TryParse(s.Kind, out var kind) ? kind : null,
                    Key = s.IdempotencyKey,
                    Since = Instant(s.Since),
                    Until = Instant(s.Until),
                };
                return TellPage(await mine.ListOperationsAsync(Page(s, query)), operation => new OperationContent(operation));
            case Watch s:
                return await WatchAsync(mine, s);
            case LoadQuotes s:
                return TellOperation(await mine.LoadQuotesAsync(s.Date, s.Quotes.ToDictionary(quote => quote.Currency, quote => quote.Rate, StringComparer.Ordinal), call));
            case ImportQuotes s:
                return TellOperation(await mine.ImportQuotesAsync(Encoding.UTF8.GetBytes(s.Feed), call));
            case GetQuotes s:
                return Tell(await mine.GetQuotesAsync(Date(s.Date)), found => new QuotesInForceContent(found.Date, found.BaseCurrency, new ListContent([.. found.Quotes.Select(quote => new QuoteContent(quote))])));
            case ListQuotes s:
                return TellPage(await mine.ListQuotesAsync(s.Currency, Page(s, new QuoteQuery { Since = Date(s.Since), Until = Date(s.Until) })), quote => new QuoteContent(quote));
            case FileStep s:
                return await WriteAsync(mine, s);
            case ListCurrencies:
                return TellList(mine.ListCurrencies(), currency => new CurrencyContent(currency));
            case ListCountries s:
                return TellList(mine.ListCountries(s.Prefix, Number(s.Limit)), country => new CountryContent(country));
            case ListCities s:
                return TellList(mine.ListCities(s.Country, s.Prefix, Number(s.Limit)), city => new CityContent(city));
            case ListKeys:
                return TellList(await mine.ListKeysAsync(), key => new KeyContent(key));
            case CreateKey s:
                return Tell(await mine.CreateKeyAsync(new(s.Name, s.Scopes) { Key = s.Key, DryRun = s.DryRun }), made => new KeyContent(made.Key, made.Secret));
            case RevokeKey s:
                return Tell(await mine.RevokeKeyAsync(s.Name, call), key => new KeyContent(key));
            case ListBooks:
                return TellList(await mine.ListBooksAsync(), row => BookContent.Of(row));
            case OpenBook s:
                return Tell(await mine.OpenBookAsync(new(s.Name, s.BaseCurrency, s.QuoteMaxAgeDays) { Key = s.Key, DryRun = s.DryRun }), book => new BookContent(book.Name, book.BaseCurrency, book.QuoteMaxAgeDays, book.Row?.Head, book.AdministratorKey));
            default:
                throw new NotSupportedException($"The embedded ledger has no call for {step}");
        }
    }

    static async Task<Told> WriteAsync(KopeckLedger mine, FileStep step)
    {
        using var output = new MemoryStream();
        var document = new DocumentQuery { At = Point(step.At), Format = step.Format, Lang = step.Lang };
        var period = new PeriodQuery { At = document.At, Format = step.Format, Lang = step.Lang, Since = Instant(step.Since), Until = Instant(step.Until) };
        var written = step switch
        {
            GetStatement { Wallet: { } wallet } => await mine.WriteWalletStatementAsync(wallet, output, period),
            GetStatement { Customer: { } customer } => await mine.WriteCustomerStatementAsync(customer, output, period),
            GetStatement s => await mine.WriteOperationsReportAsync(s.Name, output, period),
            GetReport { Name: "trial-balance" } => await mine.WriteTrialBalanceAsync(output, document),
            GetReport { Name: "exchange" } s => await mine.WriteExchangeReportAsync(output, new ExchangeQuery { At = document.At, Format = step.Format, Lang = step.Lang, Date = Date(s.Date) }),
            GetReport { Name: "turnover" } => await mine.WriteTurnoverAsync(output, period),
            _ => throw new NotSupportedException($"The embedded ledger has no call for {step}"),
        };
        return written.Rejection is { } rejection
            ? Refused(rejection)
            : Told.Done(Normal.Json(new JsonObject { ["type"] = written.Value.MediaType, ["file"] = written.Value.Name, ["data"] = Convert.ToBase64String(output.ToArray()) }));
    }

    static async Task<Told> WatchAsync(KopeckLedger mine, Watch watch)
    {
        var operations = new JsonArray();
        try
        {
            await foreach (var operation in mine.WatchAsync(watch.After))
            {
                operations.Add(JsonNode.Parse(Show(new OperationContent(operation))));
                if (operations.Count == watch.Count)
                    break;
            }

            return Told.Done(Normal.Json(operations));
        }
        catch (LedgerException exception)
        {
            return Refused(exception.Rejection);
        }
    }

    static ValueTask<LedgerResult<Operation>> MoveAsync(KopeckLedger mine, MoneyRequest request) => request switch
    {
        DepositRequest deposit => mine.DepositAsync(deposit),
        WithdrawalRequest withdrawal => mine.WithdrawAsync(withdrawal),
        TransferRequest transfer => mine.TransferAsync(transfer),
        _ => mine.PostAsync((PostingRequest)request),
    };

    static MoneyRequest Money(MoneyStep step)
    {
        MoneyRequest request = step switch
        {
            Deposit s => new DepositRequest(Id(s.Wallet), s.Amount, s.Currency),
            Withdraw s => new WithdrawalRequest(Id(s.Wallet), s.Amount, s.Currency),
            Transfer s => new TransferRequest(Id(s.From), Id(s.To), s.Amount, s.Currency),
            _ => new PostingRequest([.. ((Post)step).Legs.Select(leg => new PostingLeg(Id(leg.From), Id(leg.To), leg.Amount))]),
        };
        return request with { Description = step.Description, Metadata = step.Metadata, Key = step.Key, DryRun = step.DryRun };
    }

    static T Page<T>(ListStep step, T query)
        where T : ListQuery =>
        query with { Limit = Number(step.Limit), Order = step.Order switch { null => null, "asc" => ListOrder.OldestFirst, _ => ListOrder.NewestFirst }, Cursor = step.Cursor };

    static LedgerId? Id(string? text) => text is null ? default(LedgerId?) : LedgerId.Of(text);

    static LedgerDate? Date(string? text) => text is null ? default(LedgerDate?) : LedgerDate.Of(text);

    static int? Number(string? text) => text is null ? null : int.Parse(text, CultureInfo.InvariantCulture);

    static DateTimeOffset? Instant(string? text) => text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    static LedgerPoint? Point(string? text) => text switch
    {
        null => null,
        _ when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => Instant(text)!.Value,
    };

    static Told TellCustomer(LedgerResult<Customer> result) => Tell(result, customer => new CustomerContent(customer, result.AsOf));

    static Told TellAccount(LedgerResult<Account> result, bool isNew = false) => Tell(result, account => new AccountContent(account, result.AsOf, isNew));

    static Told TellOperation(LedgerResult<Operation> result) => Tell(result, operation => new OperationContent(operation, result.IsDryRun ? result.Operations[0].Number : null));

    static Told TellPage<T>(LedgerResult<LedgerPage<T>> result, Func<T, Content> toContent) => Tell(result, page => new ListContent([.. page.Items.Select(toContent)], page.Next));

    static Told TellList<T>(LedgerResult<IReadOnlyList<T>> result, Func<T, Content> toContent) => Tell(result, items => new ListContent([.. items.Select(toContent)]));

    static Told Tell<T>(LedgerResult<T> result, Func<T, Content> toContent) => Tell(result, value => Normal.Json(Show(toContent(value))));

    static Told Tell<T>(LedgerResult<T> result, Func<T, string> show) => result.Rejection is { } rejection ? Refused(rejection) : Told.Done(show(result.Value), result.IsReplay);

    static Told Refused(Rejection rejection) => Told.Error(rejection.Code.Name(), rejection.Fields.Select(field => field.Code));

    static string Outcomes(IReadOnlyList<Outcome> outcomes) => Normal.Json(new JsonArray([.. outcomes.Select(outcome =>
    {
        if (outcome.Rejection is not { } rejection)
            return JsonNode.Parse(Show(OperationContent.Of(outcome)));
        var told = Refused(rejection);
        return new JsonObject { ["code"] = told.Code, ["fields"] = told.Fields };
    })]));

    static string Show(Content content) => Encoding.UTF8.GetString(Answer.Of(200, content).WriteBody().Span);
}
