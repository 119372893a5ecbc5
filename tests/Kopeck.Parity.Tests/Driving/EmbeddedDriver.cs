using System.Text;
using System.Text.Json.Nodes;
using Kopeck.Api;
using Kopeck.Api.Answers;
using Kopeck.Api.Calls;
using Kopeck.Api.Values;
using Kopeck.Embedded;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Reversals;

namespace Kopeck.Parity.Tests.Driving;

/// <summary>The ledger inside this process. What it answers is shown as it serialises itself.</summary>
sealed class EmbeddedDriver(KopeckLedger ledger) : ILedgerDriver
{
    public static async Task<ILedgerDriver> StartAsync(Bench bench) =>
        new EmbeddedDriver(
            await KopeckLedger.OpenAsync(
                bench.DatabasePath, new LedgerOptions { Actor = "admin", Time = bench.Clock, Salts = bench.Salts }));

    public ValueTask DisposeAsync() => ledger.DisposeAsync();

    public async Task<Told> DoAsync(Step step)
    {
        var role = step.Role;
        var mine =
            role.IsOperator
                ? ledger.AsOperator(role.Name)
                : ledger.As(role.Name, role.Scopes.Aggregate(Scopes.None, (sum, scope) => sum | ScopeNames.Parse(scope)));
        return step switch
        {
            RegisterCustomer s =>
                await TellAsync(
                    mine, s,
                    new RegisterCustomerRequest
                    {
                        Name = s.Name,
                        Country = s.Country,
                        City = s.City,
                        Code = s.Code,
                        Metadata = s.Metadata,
                        Currency = s.Currency
                    }),
            ChangeCustomer s =>
                await TellAsync(
                    mine, s,
                    new ChangeCustomerRequest
                    {
                        Id = s.Customer,
                        Name = s.Name,
                        Country = s.Country,
                        City = s.City,
                        Code = s.Code,
                        Metadata = s.Metadata,
                        Clear = s.Clear
                    }),
            EraseCustomer s => await TellAsync(mine, s, new EraseCustomerRequest { Id = s.Customer }),
            GetCustomer s => await TellAsync(mine, s, new GetCustomerRequest { Id = s.Customer }),
            ListCustomers s =>
                await TellAsync(mine, s, Page(s, new ListCustomersRequest { Name = s.Name, Code = s.Code, Country = s.Country })),
            OpenWallet s => await TellAsync(mine, s, new OpenWalletRequest { Id = s.Customer, Currency = s.Currency, Code = s.Code }),
            OpenAccount s =>
                await TellAsync(
                    mine, s,
                    new OpenAccountRequest
                    {
                        Code = s.Code,
                        Currency = s.Currency,
                        Floor = s.NoFloor ? LedgerFloor.None : s.Floor is { } floor ? LedgerFloor.Of(floor) : default
                    }),
            Freeze s =>
                await TellAsync(
                    mine, s,
                    new FreezeAccountRequest
                    {
                        Id = s.Account,
                        What = s.What switch { null => null, "all" => AccountStatus.Frozen, _ => AccountStatus.DebitsFrozen }
                    }),
            Unfreeze s => await TellAsync(mine, s, new UnfreezeAccountRequest { Id = s.Account }),
            Close s => await TellAsync(mine, s, new CloseAccountRequest { Id = s.Account }),
            SetFloor s => await TellAsync(mine, s, new SetFloorRequest { Id = s.Account, Floor = s.Floor }),
            GetWallet s => await TellAsync(mine, s, new GetWalletRequest { Id = s.Wallet, At = s.At }),
            GetAccount s => await TellAsync(mine, s, new GetAccountRequest { Id = s.Account, At = s.At }),
            ListWallets s => await TellAsync(mine, s, Page(s, new ListWalletsRequest { Id = s.Customer })),
            ListAccounts s =>
                await TellAsync(
                    mine, s,
                    Page(
                        s,
                        new ListAccountsRequest
                        {
                            Kind = s.Kind is { } kind ? Enum.Parse<AccountKind>(kind, ignoreCase: true) : null,
                            Currency = s.Currency,
                            Code = s.Code,
                            Customer = s.Customer
                        })),
            _ => await DoMoreAsync(mine, step),
        };
    }

    static async Task<Told> DoMoreAsync(KopeckLedger mine, Step step)
    {
        switch (step)
        {
            case MoneyStep s:
                return await TellAsync(mine, s, Money(s));
            case SubmitBatch s:
                return Tell(
                    await mine.DoAsync(With(s, new BatchRequest { Operations = [.. s.Items.Select(Money)], Atomic = s.Atomic })),
                    answer => Outcomes(answer.Outcomes));
            case Submit s:
                return Told.Done(Outcomes(await mine.SubmitAsync(s.Items.Select(Money).ToAsyncEnumerable()).ToListAsync()));
            case GetHold s:
                return await TellAsync(mine, s, new GetHoldRequest { Id = s.Hold, At = s.At });
            case ListHolds s:
                var status = HoldStatuses.TryParse(s.Status, out var known) ? known : (HoldStatus?)null;
                return await TellAsync(
                    mine, s,
                    Page(
                        s,
                        new ListHoldsRequest
                        {
                            Account = s.Account,
                            Customer = s.Customer,
                            Status = status,
                            To = s.To,
                            ExpiresBefore = s.ExpiresBefore
                        }));
            case GetOperation s:
                return await TellAsync(mine, s, new GetOperationRequest { Id = s.Operation, At = s.At });
            case ListOperations s:
                var kind = Ledger.Kinds.KindList.TryParse(s.Kind, out var found) ? found : (OperationKind?)null;
                return await TellAsync(
                    mine, s,
                    Page(
                        s,
                        new ListOperationsRequest
                        {
                            Account = s.Account,
                            Customer = s.Customer,
                            Kind = kind,
                            RequestKey = s.IdempotencyKey,
                            Since = s.Since,
                            Until = s.Until,
                            Reverses = s.Reverses,
                            Reversed = s.Reversed is { } state ? Enum.Parse<ReversedState>(state, ignoreCase: true) : null
                        }));
            case Watch s:
                return await WatchAsync(mine, s);
            case LoadQuotes s:
                return await TellAsync(
                    mine, s,
                    new LoadQuotesRequest
                    {
                        Date = s.Date,
                        Quotes = s.Quotes.ToDictionary(
                            quote => quote.Currency, quote => new QuoteText(quote.Units, quote.Rate), StringComparer.Ordinal)
                    });
            case ImportQuotes s:
                return await TellAsync(mine, s, new ImportQuotesRequest { Feed = Encoding.UTF8.GetBytes(s.Feed) });
            case GetQuotes s:
                return await TellAsync(mine, s, new GetQuotesRequest { Date = s.Date });
            case ListQuotes s:
                return await TellAsync(mine, s, Page(s, new ListQuotesRequest { Currency = s.Currency, Since = s.Since, Until = s.Until }));
            case FileStep s:
                return await WriteAsync(mine, s);
            case ListCurrencies s:
                return await TellAsync(mine, s, new ListCurrenciesRequest());
            case ListCountries s:
                return await TellAsync(mine, s, new ListCountriesRequest { Q = s.Prefix, Limit = Number(s.Limit) });
            case ListCities s:
                return await TellAsync(mine, s, new ListCitiesRequest { Country = s.Country, Q = s.Prefix, Limit = Number(s.Limit) });
            case ListKeys s:
                return await TellAsync(mine, s, new ListKeysRequest());
            case CreateKey s:
                return await TellAsync(mine, s, new CreateKeyRequest { Name = s.Name, Scopes = s.Scopes });
            case ChangeKey s:
                return await TellAsync(
                    mine, s, new ChangeKeyRequest { Name = s.Name, AllowedNetworks = s.Networks, RateLimit = s.RateLimit });
            case RotateKey s:
                return await TellAsync(mine, s, new RotateKeyRequest { Name = s.Name, OverlapSeconds = s.OverlapSeconds });
            case RevokeKey s:
                return await TellAsync(mine, s, new RevokeKeyRequest { Name = s.Name });
            case GetBook s:
                return await TellAsync(mine, s, new GetBookRequest());
            case ChangeBook s:
                return await TellAsync(mine, s, new ChangeBookRequest { QuoteMaxAgeDays = s.QuoteMaxAgeDays, TimeZone = s.TimeZone });
            case ListBooks s:
                return await TellAsync(mine, s, new ListBooksRequest());
            case OpenBook s:
                return await TellAsync(
                    mine, s,
                    new OpenBookRequest
                    {
                        Name = s.Name,
                        BaseCurrency = s.BaseCurrency,
                        QuoteMaxAgeDays = s.QuoteMaxAgeDays,
                        TimeZone = s.TimeZone
                    });
            default:
                throw new NotSupportedException($"The embedded ledger has no call for {step}");
        }
    }

    static async Task<Told> WriteAsync(KopeckLedger mine, FileStep step)
    {
        DocumentRequest request = step switch
        {
            GetStatement { Wallet: { } wallet } => new WalletStatementRequest { Id = wallet, Since = step.Since, Until = step.Until },
            GetStatement { Customer: { } customer } =>
                new CustomerStatementRequest { Id = customer, Since = step.Since, Until = step.Until },
            GetStatement { Account: { } account } =>
                new AccountStatementRequest { Id = account, Since = step.Since, Until = step.Until },
            GetStatement s => new OperationsReportRequest { Name = s.Name, Since = step.Since, Until = step.Until },
            GetReport { Name: "trial-balance" } => new TrialBalanceRequest { Since = step.Since, Until = step.Until },
            GetReport { Name: "postings" } => new PostingsReportRequest { Since = step.Since, Until = step.Until },
            GetReport { Name: "exchange" } s => new ExchangeReportRequest { Date = s.Date },
            _ => new TurnoverRequest { Since = step.Since, Until = step.Until },
        };
        var written = await mine.DoAsync(request with { At = step.At, Format = step.Format, Lang = step.Lang, Tz = step.Tz });
        if (written.Rejection is { } rejection)
            return Refused(rejection);
        using var output = new MemoryStream();
        await written.Value.WriteAsync(output);
        var file = written.Value.File;
        return Told.Done(
            Normal.Json(
                new JsonObject { ["type"] = file.MediaType, ["file"] = file.Name, ["data"] = Convert.ToBase64String(output.ToArray()) }));
    }

    static async IAsyncEnumerable<OperationAnswer> WithLeavesAsync(KopeckLedger mine, Watch watch)
    {
        var feed = (await mine.DoAsync(new WatchRequest { After = watch.After, Leaves = true })).Value;
        await foreach (var page in feed.Watch(CancellationToken.None))
        {
            foreach (var operation in page)
                yield return feed.Tell(operation);
        }
    }

    static async Task<Told> WatchAsync(KopeckLedger mine, Watch watch)
    {
        var operations = new JsonArray();
        try
        {
            await foreach (var operation in watch.Leaves ? WithLeavesAsync(mine, watch) : mine.WatchAsync(watch.After))
            {
                operations.Add(JsonNode.Parse(operation.ToJson()));
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

    static ItemRequest Money(MoneyStep step)
    {
        ItemRequest? plain = step switch
        {
            IncreaseHold s => new IncreaseHoldRequest { Id = s.Hold, By = s.By, Amount = s.Amount, MaxAmount = s.MaxAmount },
            ExtendHold s => new ExtendHoldRequest { Id = s.Hold, ExpiresInSeconds = s.Seconds, ExpiresAt = End(s.ExpiresAt, s.IsForever) },
            ReleaseHold s => new ReleaseHoldRequest { Id = s.Hold, Amount = s.Amount },
            _ => null,
        };
        if (plain is not null)
            return With(step, plain);
        MoneyRequest request = step switch
        {
            PlaceHold s =>
                new PlaceHoldRequest
                {
                    From = s.From,
                    Amount = s.Amount,
                    Currency = s.Currency,
                    To = s.To,
                    MaxAmount = s.MaxAmount,
                    ExpiresInSeconds = s.Seconds,
                    ExpiresAt = End(s.ExpiresAt, s.IsForever)
                },
            CaptureHold s =>
                new CaptureHoldRequest
                {
                    Id = s.Hold,
                    Amount = s.Amount,
                    Currency = s.Currency,
                    To = s.To,
                    Final = s.IsFinal,
                    Legs = s.Legs?.Select(leg => new HoldCaptureLeg(leg.To, leg.Amount) { Currency = leg.Currency }).ToList()
                },
            ReverseOperation s => new ReverseOperationRequest
            {
                Id = s.Operation,
                Amount = s.Amount,
                Currency = s.Currency,
                Difference = s.Difference is { } bearer ? Enum.Parse<Difference>(bearer, ignoreCase: true) : null,
                OnInsufficient = s.OnInsufficient is { } choice ? Enum.Parse<OnInsufficient>(choice, ignoreCase: true) : null,
                Reason = s.Reason,
                Legs =
                    s.Legs?.Select(leg => new Kopeck.Api.Calls.ReversalLeg { Leg = leg.Leg, Amount = leg.Amount, Currency = leg.Currency })
                    .ToList(),
            },
            Deposit s => new DepositRequest { Wallet = s.Wallet, Amount = s.Amount, Currency = s.Currency },
            Withdraw s => new WithdrawalRequest { Wallet = s.Wallet, Amount = s.Amount, Currency = s.Currency },
            Transfer s => new TransferRequest { From = s.From, To = s.To, Amount = s.Amount, Currency = s.Currency },
            _ => new PostingRequest { Legs = [.. ((Post)step).Legs.Select(leg => new PostingLeg(leg.From, leg.To, leg.Amount))] },
        };
        return With(step, request with { Description = step.Description, Metadata = step.Metadata });
    }

    static LedgerEnd End(string? at, bool isForever) => isForever ? LedgerEnd.Never : at is null ? default : LedgerEnd.Of(at);

    static T With<T>(Step step, T request)
        where T : CallRequest
    {
        (request.Key, request.DryRun) = (step.Key, step.DryRun);
        return request;
    }

    static T Page<T>(ListStep step, T request)
        where T : IListRequest
    {
        request.Limit = Number(step.Limit);
        request.Order = step.Order switch { null => null, "asc" => ListOrder.OldestFirst, _ => ListOrder.NewestFirst };
        request.Cursor = step.Cursor;
        return request;
    }

    static long? Number(string? text) => text is null ? null : long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    static async Task<Told> TellAsync<TAnswer>(KopeckLedger mine, Step step, CallRequest<TAnswer> request)
        where TAnswer : Answer => Tell(await mine.DoAsync(With(step, request)), answer => Normal.Json(answer.ToJson()));

    static Told Tell<T>(Result<T> result, Func<T, string> show)
        where T : Answer => result.Rejection is { } rejection ? Refused(rejection) : Told.Done(show(result.Value), result.IsReplay);

    static Told Refused(Rejection rejection) => Told.Error(rejection.Code.Name(), rejection.Fields.Select(field => field.Code));

    static string Outcomes(IReadOnlyList<Result<OperationAnswer>> outcomes) => Normal.Json(new JsonArray([.. outcomes.Select(outcome =>
    {
        if (outcome.Rejection is not { } rejection)
            return JsonNode.Parse(outcome.Value.ToJson());
        var told = Refused(rejection);
        return new JsonObject { ["code"] = told.Code, ["fields"] = told.Fields };
    })]));
}
