using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Kopeck.Cli.Commands;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;

namespace Kopeck.Cli.Bench;

/// <summary>The engine in this process, on a database of its own or beside servers.</summary>
sealed class EngineLedger(Session session, BookName book, string description) : IBenchLedger
{
    readonly Caller caller = new(book, KeyName.Parse("bench"), Scopes.Admin);
    readonly string run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    long keys;

    public string Description => description;

    public async Task<List<BenchWallet>> ListAsync(string currency, string codePrefix)
    {
        var wallets = new List<BenchWallet>();
        PageKey? after = null;
        do
        {
            var page = await session.Engine.Reader(book)
                .ListAccountsAsync(
                    book, new AccountFilter(AccountKind.Wallet, currency), new PageRequest(after, IsAscending: true, 1000),
                    CancellationToken.None);
            foreach (var account in page.Value.Items)
            {
                if (account.Code is { } code && code.Value.StartsWith(codePrefix, StringComparison.Ordinal))
                    wallets.Add(new BenchWallet(account.Id, account.Customer!.Value, code.Value, account.Posted / 100));
            }

            after = page.Value.Next;
        }
        while (after is not null);
        return wallets;
    }

    public async Task<long> FindCustomerAsync(string code)
    {
        var found = await session.Engine.Reader(book)
            .ListCustomersAsync(
                book, new CustomerFilter(Code: CustomerCode.Parse(code)), new PageRequest(null, IsAscending: true, 1),
                CancellationToken.None);
        if (found.Value.Items is [var customer, ..])
            return customer.Id;
        var texts = CustomerDetails.Columns.Select(column => column switch
        {
            _ when column == Tables.PersonalValues.Name => "Bench",
            _ when column == Tables.PersonalValues.City => "Luxembourg",
            _ when column == Tables.PersonalValues.Code => code,
            _ => null,
        }).ToArray();
        return CustomerDetails.TryCreate(texts, out var details, out var errors)
            ? (await RequireAsync([new RegisterCustomer(CountryCode.Parse("LU"), details, null)]))[0]
            : throw new InvalidOperationException(errors[0].Item2.Detail);
    }

    public Task<long[]> OpenAsync(long customer, string currency, IReadOnlyList<string> codes)
    {
        var held = Currency.TryFind(currency, out var found) ? found : throw new InvalidOperationException(currency);
        return RequireAsync(codes.Select(code => new OpenWallet(customer, held, AccountCode.Parse(code))));
    }

    public Task DepositAsync(IReadOnlyList<long> wallets, long units) =>
        RequireAsync(wallets.Select(wallet => new Deposit(wallet, Amount(units * 100), null)));

    public async Task RequireQuotesAsync(long from, long to, IReadOnlyList<(string Currency, string Rate)> quotes)
    {
        if ((await session.Engine.SubmitAsync(caller, Ask(new TransferMoney(from, to, Amount(100), null)), dryRun: true)).IsAccepted)
            return;
        var row = await session.Store.FindBookAsync(book, CancellationToken.None);
        var loaded = quotes.Where(quote => quote.Currency != row!.BaseCurrency)
            .Select(quote => new LoadedQuote(quote.Currency, QuotePair.OfOne(QuoteFigure.Parse(quote.Rate))));
        await RequireAsync([new LoadQuotes(DateOnly.FromDateTime(session.Time.GetUtcNow().UtcDateTime), [.. loaded])]);
    }

    public async Task LoadAsync(LoadRun run, int connections)
    {
        run.Start(connections);
        var senders = Enumerable.Range(0, connections).Select(_ => Task.Run(() => SendAsync(run))).ToList();
        await Task.WhenAll(senders);
    }

    async Task SendAsync(LoadRun run)
    {
        var items = new LoadItem[run.Batch];
        try
        {
            for (var count = run.Take(items, out var measured); count > 0; count = run.Take(items, out measured))
            {
                var sentAt = Stopwatch.GetTimestamp();
                if (items[0].Kind == LoadKind.Read)
                {
                    var read = await session.Engine.GetAccountAsync(book, items[0].From, CancellationToken.None);
                    run.Answer(measured, sentAt, 1, read.Value is null ? 0 : 1, read.Value is null ? "not_found" : null);
                    continue;
                }

                if (items[0].Kind == LoadKind.Capture)
                {
                    await CaptureAsync(run, items[0], measured, sentAt);
                    continue;
                }

                var requests = new Request[count];
                for (var place = 0; place < count; place++)
                    requests[place] = Ask(ToCommand(items[place]));
                await SubmitAsync(run, requests, measured, sentAt);
            }
        }
        finally
        {
            run.Leave();
        }
    }

    async Task SubmitAsync(LoadRun run, Request[] requests, bool measured, long sentAt)
    {
        var outcomes = requests.Length == 1
            ? [await session.Engine.SubmitAsync(caller, requests[0])]
            : (await session.Engine.SubmitBatchAsync(caller, requests, atomic: false)).Outcomes;
        var accepted = 0;
        foreach (var outcome in outcomes)
        {
            if (outcome.Rejection is { } rejection)
                run.Refuse(measured, rejection.Code.Name(), 1);
            else
                accepted++;
        }

        run.Answer(measured, sentAt, requests.Length, accepted);
    }

    async Task CaptureAsync(LoadRun run, LoadItem item, bool measured, long sentAt)
    {
        var hold = await session.Engine.SubmitAsync(caller, Ask(ToCommand(item)));
        if (hold.Rejection is { } rejection)
            run.Answer(measured, sentAt, 1, 0, rejection.Code.Name());
        else
            await SubmitAsync(run, [Ask(new CaptureHold(hold.Answer.Number))], measured, sentAt);
    }

    const int HoldSeconds = 60;

    static MoneyCommand ToCommand(LoadItem item) => item.Kind switch
    {
        LoadKind.Transfer => new TransferMoney(item.From, item.To, Amount(item.AmountMinor), null),
        LoadKind.Deposit => new Deposit(item.From, Amount(item.AmountMinor), null),
        LoadKind.Capture => new PlaceHold(item.From, Amount(item.AmountMinor), null)
        {
            To = item.To,
            Life = new HoldLife { Seconds = HoldSeconds },
        },
        LoadKind.Hold => new PlaceHold(item.From, Amount(item.AmountMinor), null) { Life = new HoldLife { Seconds = HoldSeconds } },
        _ => new Withdraw(item.From, Amount(item.AmountMinor), null),
    };

    static DecimalAmount Amount(long minor)
    {
        Span<char> text = stackalloc char[24];
        text.TryWrite(CultureInfo.InvariantCulture, $"{minor / 100}.{minor % 100:00}", out var length);
        return DecimalAmount.TryParse(text[..length], out var amount, out var error)
            ? amount
            : throw new InvalidOperationException(error.Detail);
    }

    Request Ask(Command command) =>
        new()
        {
            Command = command,
            Key = IdempotencyKey.Parse(string.Create(CultureInfo.InvariantCulture, $"{run}-{Interlocked.Increment(ref keys):x12}"))
        };

    async Task<long[]> RequireAsync(IEnumerable<Command> commands)
    {
        var batch = await session.Engine.SubmitBatchAsync(caller, [.. commands.Select(Ask)], atomic: false);
        if ((batch.Rejection ?? batch.Outcomes.FirstOrDefault(outcome => !outcome.IsAccepted)?.Rejection) is { } rejection)
            throw rejection.Code == ErrorCode.StorageUnavailable
                ? new StorageUnavailableException(rejection.Detail)
                : new BenchException($"{description}: {rejection.Detail} ({rejection.Code.Name()})");
        return [.. batch.Outcomes.Select(outcome => outcome.Answer.Number)];
    }
}
