using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Kopeck.Client;
using Kopeck.V1;

namespace Kopeck.Parity.Tests.Driving;

/// <summary>Steps as gRPC requests: with the generated stubs, or with the typed client.</summary>
sealed class GrpcRequests
{
    readonly CustomerService.CustomerServiceClient customers;
    readonly AccountService.AccountServiceClient accounts;
    readonly OperationService.OperationServiceClient operations;
    readonly HoldService.HoldServiceClient holds;
    readonly QuoteService.QuoteServiceClient quotes;
    readonly ReferenceService.ReferenceServiceClient reference;
    readonly KeyService.KeyServiceClient keys;
    readonly BookService.BookServiceClient books;
    readonly GrpcFiles files;
    readonly KopeckClient? client;

    public GrpcRequests(CallInvoker invoker) =>
        (customers, accounts, operations, holds, quotes, reference, keys, books, files) = (
            new(invoker), new(invoker), new(invoker), new(invoker), new(invoker), new(invoker), new(invoker), new(invoker),
            new(new(invoker)));

    public GrpcRequests(KopeckClient client)
    {
        this.client = client;
        (customers, accounts, operations, holds, quotes, reference, keys, books, files) = (
            client.Customers, client.Accounts, client.Operations, client.Holds, client.Quotes, client.Reference, client.Keys, client.Books,
            new(client.Statements));
    }

    public async Task<Told> SendAsync(Step step, Metadata headers)
    {
        switch (step)
        {
            case RegisterCustomer s:
                var register = new RegisterCustomerRequest { IdempotencyKey = step.Key ?? "", DryRun = step.DryRun };
                Set(
                    register, ("name", s.Name), ("country", s.Country), ("city", s.City), ("code", s.Code), ("metadata", s.Metadata),
                    ("currency", s.Currency));
                var registered = await customers.RegisterCustomerAsync(register, headers);
                var customer = MessageJson.Of(registered.Customer);
                customer["wallets"] = new JsonArray([.. registered.Wallets.Select(MessageJson.Of)]);
                return Told.Done(Normal.Json(customer), registered.Replayed);
            case ChangeCustomer s:
                var change = new ChangeCustomerRequest { Id = s.Customer, IdempotencyKey = step.Key ?? "", DryRun = step.DryRun };
                Set(change, ("name", s.Name), ("country", s.Country), ("city", s.City), ("code", s.Code), ("metadata", s.Metadata));
                if (s.Clear.Length > 0)
                    change.Clear = new FieldMask { Paths = { s.Clear } };
                var changed = await customers.ChangeCustomerAsync(change, headers);
                return Done(changed.Customer, changed.Replayed);
            case EraseCustomer s:
                var erased = await customers.EraseCustomerAsync(
                    new() { Id = s.Customer, IdempotencyKey = step.Key ?? "", DryRun = step.DryRun }, headers);
                return Done(erased.Customer, erased.Replayed);
            case GetCustomer s:
                return Done(
                    client is not null
                        ? await client.GetCustomerAsync(s.Customer)
                        : (await customers.GetCustomerAsync(new() { Id = s.Customer }, headers)).Customer);
            case ListCustomers s:
                var listCustomers =
                    List(new ListCustomersRequest { MaxPages = 1 }, s, ("name", s.Name), ("code", s.Code), ("country", s.Country));
                return await PageAsync(
                    customers.ListCustomers(listCustomers, headers), client?.ListCustomersAsync(listCustomers), page => page.Items);
            case PlaceHold or IncreaseHold or ExtendHold or CaptureHold or ReleaseHold or ReverseOperation or GetHold or ListHolds:
                return await SendHoldAsync(step, headers);
            case MoneyStep or SubmitBatch or Submit or GetOperation or ListOperations or Watch:
                return await SendOperationAsync(step, headers);
            case FileStep s:
                return await files.SendAsync(s, headers);
            case LoadQuotes or ImportQuotes or GetQuotes or ListQuotes or ListCurrencies or ListCountries or ListCities or ListKeys
                or CreateKey or ChangeKey or RotateKey or RevokeKey
                or GetBook or ChangeBook or ListBooks or OpenBook:
                return await SendOtherAsync(step, headers);
            default:
                return await SendAccountAsync(step, headers);
        }
    }

    async Task<Told> SendAccountAsync(Step step, Metadata headers)
    {
        switch (step)
        {
            case OpenWallet s:
                var wallet = await accounts.OpenWalletAsync(
                    Set(
                        new OpenWalletRequest { Id = s.Customer, IdempotencyKey = step.Key ?? "", DryRun = step.DryRun },
                        ("currency", s.Currency), ("code", s.Code)),
                    headers);
                return Done(wallet.Account, wallet.Replayed);
            case OpenAccount s:
                var open = Set(
                    new OpenAccountRequest { IdempotencyKey = step.Key ?? "", DryRun = step.DryRun }, ("code", s.Code),
                    ("currency", s.Currency), ("floor", s.Floor));
                if (s.NoFloor)
                    open.NoFloor = true;
                var opened = await accounts.OpenAccountAsync(open, headers);
                return Done(opened.Account, opened.Replayed);
            case GetWallet s:
                var getWallet = new GetWalletRequest { Id = s.Wallet };
                if (At(s.At) is { } walletTime)
                    getWallet.AtTime = walletTime;
                else if (s.At is not null)
                    getWallet.AtNumber = Number(s.At);
                if (client is not null && !getWallet.HasAtNumber && getWallet.AtTime is null)
                    return Done(await client.GetWalletAsync(s.Wallet));
                if (client is not null && getWallet.HasAtNumber)
                    return Done(await client.GetWalletAtAsync(s.Wallet, getWallet.AtNumber));
                return Done((await accounts.GetWalletAsync(getWallet, headers)).Account);
            case GetAccount s:
                var getAccount = new GetAccountRequest { Id = s.Account };
                if (At(s.At) is { } time)
                    getAccount.AtTime = time;
                else if (s.At is not null)
                    getAccount.AtNumber = Number(s.At);
                return Done((await accounts.GetAccountAsync(getAccount, headers)).Account);
            case ListWallets s:
                return await PageAsync(accounts.ListWallets(List(new ListWalletsRequest { Id = s.Customer, MaxPages = 1 }, s), headers));
            case ListAccounts s:
                var list = List(
                    new ListAccountsRequest { MaxPages = 1, Kind = Word<AccountKind>(s.Kind) }, s, ("currency", s.Currency),
                    ("code", s.Code), ("customer", s.Customer));
                return await PageAsync(accounts.ListAccounts(list, headers), client?.ListAccountsAsync(list), page => page.Items);
            case Freeze s:
                var frozen = await accounts.FreezeAccountAsync(
                    new() { Id = s.Account, What = Word<FreezeScope>(s.What), IdempotencyKey = step.Key ?? "", DryRun = step.DryRun },
                    headers);
                return Done(frozen.Account, frozen.Replayed);
            case Unfreeze s:
                var unfrozen = await accounts.UnfreezeAccountAsync(
                    new() { Id = s.Account, IdempotencyKey = step.Key ?? "", DryRun = step.DryRun }, headers);
                return Done(unfrozen.Account, unfrozen.Replayed);
            case Close s:
                var closed = await accounts.CloseAccountAsync(
                    new() { Id = s.Account, IdempotencyKey = step.Key ?? "", DryRun = step.DryRun }, headers);
                return Done(closed.Account, closed.Replayed);
            case SetFloor s:
                var set = new SetFloorRequest { Id = s.Account, IdempotencyKey = step.Key ?? "", DryRun = step.DryRun };
                if (s.Floor is null)
                    set.NoFloor = true;
                else
                    set.Floor = s.Floor;
                var floor = await accounts.SetFloorAsync(set, headers);
                return Done(floor.Account, floor.Replayed);
            default:
                throw new NotSupportedException($"gRPC has no method for {step}");
        }
    }

    async Task<Told> SendOperationAsync(Step step, Metadata headers)
    {
        switch (step)
        {
            case Deposit s:
                var deposited = await operations.DepositAsync(
                    Remarks(Set(new DepositRequest { Amount = Amount(s.Amount, s.Currency) }, ("wallet", s.Wallet)), s), headers);
                if (IsShort(s))
                    Assert.Equal(
                        deposited.Operation, await client!.DepositAsync(s.Wallet!, Amount(s.Amount, s.Currency)!, s.Description, s.Key));
                return Done(deposited.Operation, deposited.Replayed);
            case Withdraw s:
                var withdrawn = await operations.WithdrawAsync(
                    Remarks(Set(new WithdrawRequest { Amount = Amount(s.Amount, s.Currency) }, ("wallet", s.Wallet)), s), headers);
                if (IsShort(s))
                    Assert.Equal(
                        withdrawn.Operation, await client!.WithdrawAsync(s.Wallet!, Amount(s.Amount, s.Currency)!, s.Description, s.Key));
                return Done(withdrawn.Operation, withdrawn.Replayed);
            case Transfer s:
                var moved = await operations.TransferAsync(
                    Remarks(Set(new TransferRequest { Amount = Amount(s.Amount, s.Currency) }, ("from", s.From), ("to", s.To)), s),
                    headers);
                if (IsShort(s))
                    Assert.Equal(
                        moved.Operation, await client!.TransferAsync(s.From!, s.To!, Amount(s.Amount, s.Currency)!, s.Description, s.Key));
                return Done(moved.Operation, moved.Replayed);
            case Post s:
                var posted = await operations.PostAsync(Remarks(new PostRequest { Legs = { s.Legs.Select(Leg) } }, s), headers);
                return Done(posted.Operation, posted.Replayed);
            case SubmitBatch s:
                var batch = await operations.SubmitBatchAsync(
                    new()
                    {
                        Atomic = s.Atomic,
                        Operations = { s.Items.Select(Item) },
                        IdempotencyKey = step.Key ?? "",
                        DryRun = step.DryRun
                    },
                    headers);
                return Told.Done(Outcomes(batch.Outcomes), batch.Replayed);
            case Submit s:
                return await SubmitAsync(s, headers);
            case GetOperation s:
                if (client is not null && s.At is null)
                    return Done(await client.GetOperationAsync(s.Operation));
                var getOperation = new GetOperationRequest { Id = s.Operation };
                if (At(s.At) is { } operationTime)
                    getOperation.AtTime = operationTime;
                else if (s.At is not null)
                    getOperation.AtNumber = Number(s.At);
                return Done((await operations.GetOperationAsync(getOperation, headers)).Operation);
            case ListOperations s:
                var list = List(
                    new ListOperationsRequest { MaxPages = 1, Kind = Word<OperationKind>(s.Kind) }, s, ("account", s.Account),
                    ("customer", s.Customer), ("key", s.IdempotencyKey), ("reverses", s.Reverses));
                list.Reversed = Word<ReversedState>(s.Reversed);
                list.Since = At(s.Since);
                list.Until = At(s.Until);
                return await PageAsync(operations.ListOperations(list, headers), client?.ListOperationsAsync(list), page => page.Items);
            default:
                return await WatchAsync((Watch)step, headers);
        }
    }

    async Task<Told> SendHoldAsync(Step step, Metadata headers)
    {
        switch (step)
        {
            case PlaceHold s:
                var place = Remarks(
                    Set(
                        new PlaceHoldRequest
                        {
                            Amount = Amount(s.Amount, s.Currency),
                            ExpiresAt = At(s.ExpiresAt),
                            NoExpiresAt = s.IsForever
                        },
                        ("from", s.From), ("to", s.To), ("max_amount", s.MaxAmount)),
                    s);
                if (s.Seconds is { } life)
                    place.ExpiresInSeconds = life;
                var placed = await holds.PlaceHoldAsync(place, headers);
                if (IsShort(s) && s is { MaxAmount: null, ExpiresAt: null, IsForever: false })
                    Assert.Equal(
                        placed.Operation,
                        await client!.PlaceHoldAsync(
                            s.From!, Amount(s.Amount, s.Currency)!, s.To, s.Seconds is { } span ? TimeSpan.FromSeconds(span) : null,
                            s.Description, s.Key));
                return Done(placed.Operation, placed.Replayed);
            case IncreaseHold s:
                var increased = await holds.IncreaseHoldAsync(
                    Set(
                        new IncreaseHoldRequest { Id = s.Hold, DryRun = s.DryRun }, ("by", s.By), ("amount", s.Amount),
                        ("max_amount", s.MaxAmount), ("idempotency_key", s.Key)),
                    headers);
                if (IsShort(s) && s is { By: { } by, MaxAmount: null })
                    Assert.Equal(
                        increased.Operation,
                        await client!.IncreaseHoldAsync(s.Hold, decimal.Parse(by, CultureInfo.InvariantCulture), s.Key));
                return Done(increased.Operation, increased.Replayed);
            case ExtendHold s:
                var extend = Set(
                    new ExtendHoldRequest { Id = s.Hold, ExpiresAt = At(s.ExpiresAt), NoExpiresAt = s.IsForever, DryRun = s.DryRun },
                    ("idempotency_key", s.Key));
                if (s.Seconds is { } seconds)
                    extend.ExpiresInSeconds = seconds;
                var extended = await holds.ExtendHoldAsync(extend, headers);
                if (IsShort(s) && s.Seconds is { } longer)
                    Assert.Equal(extended.Operation, await client!.ExtendHoldAsync(s.Hold, TimeSpan.FromSeconds(longer), s.Key));
                return Done(extended.Operation, extended.Replayed);
            case CaptureHold s:
                var captured = await holds.CaptureHoldAsync(
                    Remarks(
                        Set(
                            new CaptureHoldRequest
                            {
                                Id = s.Hold,
                                Amount = Amount(s.Amount, s.Currency),
                                Final = s.IsFinal,
                                Legs = { (s.Legs ?? []).Select(Leg) }
                            },
                            ("to", s.To)),
                        s),
                    headers);
                if (IsShort(s) && s.Legs is null)
                    Assert.Equal(
                        captured.Operation,
                        await client!.CaptureHoldAsync(s.Hold, Amount(s.Amount, s.Currency), s.To, s.IsFinal, s.Description, s.Key));
                return Done(captured.Operation, captured.Replayed);
            case ReleaseHold s:
                var released = await holds.ReleaseHoldAsync(
                    Set(new ReleaseHoldRequest { Id = s.Hold, DryRun = s.DryRun }, ("amount", s.Amount), ("idempotency_key", s.Key)),
                    headers);
                if (IsShort(s))
                    Assert.Equal(
                        released.Operation,
                        await client!.ReleaseHoldAsync(
                            s.Hold, s.Amount is { } part ? decimal.Parse(part, CultureInfo.InvariantCulture) : null, s.Key));
                return Done(released.Operation, released.Replayed);
            case ReverseOperation s:
                var reversed = await operations.ReverseOperationAsync(
                    Remarks(
                        Set(
                            new ReverseOperationRequest
                            {
                                Id = s.Operation,
                                Amount = Amount(s.Amount, s.Currency),
                                Legs = { (s.Legs ?? []).Select(Leg) },
                                Difference = Word<Difference>(s.Difference),
                                OnInsufficient = Word<OnInsufficient>(s.OnInsufficient),
                            },
                            ("reason", s.Reason)),
                        s),
                    headers);
                if (IsShort(s) && s is { Legs: null, Difference: null, OnInsufficient: null, Description: null })
                    Assert.Equal(
                        reversed.Operation, await client!.ReverseAsync(s.Operation, Amount(s.Amount, s.Currency), s.Reason, s.Key));
                return Done(reversed.Operation, reversed.Replayed);
            case GetHold s:
                var get = new GetHoldRequest { Id = s.Hold };
                if (At(s.At) is { } time)
                    get.AtTime = time;
                else if (s.At is not null)
                    get.AtNumber = Number(s.At);
                if (client is not null && s.At is null)
                    return Done(await client.GetHoldAsync(s.Hold));
                if (client is not null && get.HasAtNumber)
                    return Done(await client.GetHoldAtAsync(s.Hold, get.AtNumber));
                return Done((await holds.GetHoldAsync(get, headers)).Hold);
            default:
                var filter = (ListHolds)step;
                var list = List(
                    new ListHoldsRequest
                    {
                        MaxPages = 1,
                        Status = Word<HoldStatus>(filter.Status),
                        ExpiresBefore = At(filter.ExpiresBefore)
                    },
                    filter, ("account", filter.Account), ("customer", filter.Customer), ("to", filter.To));
                return await PageAsync(holds.ListHolds(list, headers), client?.ListHoldsAsync(list), page => page.Items);
        }
    }

    /// <summary>Whether the client has a method of its own for it: what it does is done already, so that it tells the same again.</summary>
    bool IsShort(MoneyStep step) => client is not null && step is { Key: not null, Metadata: null, DryRun: false };

    async Task<Told> SendOtherAsync(Step step, Metadata headers)
    {
        switch (step)
        {
            case LoadQuotes s:
                var load = new LoadQuotesRequest { Date = s.Date, IdempotencyKey = step.Key ?? "", DryRun = step.DryRun };
                foreach (var quote in s.Quotes)
                    load.Quotes.Add(quote.Currency, Set(new QuotePair { Base = quote.Rate }, ("units", quote.Units)));
                var loaded = await quotes.LoadQuotesAsync(load, headers);
                return Done(loaded.Load, loaded.Replayed);
            case ImportQuotes s:
                var imported = await quotes.ImportQuotesAsync(
                    new() { Feed = ByteString.CopyFromUtf8(s.Feed), IdempotencyKey = step.Key ?? "", DryRun = step.DryRun }, headers);
                return Done(imported.Load, imported.Replayed);
            case GetQuotes s:
                return Done(await quotes.GetQuotesAsync(Set(new GetQuotesRequest(), ("date", s.Date)), headers));
            case ListQuotes s:
                var listQuotes =
                    List(new ListQuotesRequest { Currency = s.Currency, MaxPages = 1 }, s, ("since", s.Since), ("until", s.Until));
                return await PageAsync(quotes.ListQuotes(listQuotes, headers), client?.ListQuotesAsync(listQuotes), page => page.Items);
            case ListCurrencies:
                return Done(await reference.ListCurrenciesAsync(new(), headers));
            case ListCountries s:
                return Done(await reference.ListCountriesAsync(Limit(Set(new ListCountriesRequest(), ("q", s.Prefix)), s.Limit), headers));
            case ListCities s:
                return Done(
                    await reference.ListCitiesAsync(
                        Limit(Set(new ListCitiesRequest(), ("country", s.Country), ("q", s.Prefix)), s.Limit), headers));
            case ListKeys:
                return Done(await keys.ListKeysAsync(new(), headers));
            case CreateKey s:
                var create = Set(
                    new CreateKeyRequest
                    {
                        Scopes = { s.Scopes.Select(Word<KeyScope>) },
                        IdempotencyKey = step.Key ?? "",
                        DryRun = step.DryRun
                    },
                    ("name", s.Name));
                var created = await keys.CreateKeyAsync(create, headers);
                return Done(created.Key, false, ("key", created.HasSecret ? created.Secret : null));
            case ChangeKey s:
                var changeKey = Set(new ChangeKeyRequest { Name = s.Name, DryRun = step.DryRun }, ("allowed_networks", s.Networks));
                if (s.RateLimit is { } limit)
                    changeKey.RateLimit = limit;
                return Done((await keys.ChangeKeyAsync(changeKey, headers)).Key);
            case RotateKey s:
                var rotateKey = new RotateKeyRequest { Name = s.Name, DryRun = step.DryRun };
                if (s.OverlapSeconds is { } overlap)
                    rotateKey.OverlapSeconds = overlap;
                return Done((await keys.RotateKeyAsync(rotateKey, headers)).Key);
            case RevokeKey s:
                return Done((await keys.RevokeKeyAsync(new() { Name = s.Name, DryRun = step.DryRun }, headers)).Key);
            case GetBook:
                return Done((await books.GetBookAsync(new(), headers)).Book);
            case ChangeBook s:
                var changeBook =
                    Set(new ChangeBookRequest { IdempotencyKey = step.Key ?? "", DryRun = step.DryRun }, ("time_zone", s.TimeZone));
                if (s.QuoteMaxAgeDays is { } age)
                    changeBook.QuoteMaxAgeDays = age;
                var changed = await books.ChangeBookAsync(changeBook, headers);
                return Done(changed.Book, changed.Replayed);
            case ListBooks:
                return Done(await books.ListBooksAsync(new(), headers));
            default:
                var book = (OpenBook)step;
                var openBook = Set(
                    new OpenBookRequest { DryRun = step.DryRun }, ("name", book.Name), ("base_currency", book.BaseCurrency),
                    ("time_zone", book.TimeZone));
                if (book.QuoteMaxAgeDays is { } days)
                    openBook.QuoteMaxAgeDays = days;
                var opened = await books.OpenBookAsync(openBook, headers);
                return Done(opened.Book, false, ("key", opened.HasSecret ? opened.Secret : null));
        }
    }

    async Task<Told> SubmitAsync(Submit step, Metadata headers)
    {
        if (client is not null)
            return Told.Done(Outcomes(await client.SubmitAsync(step.Items.Select(Item).ToAsyncEnumerable()).ToListAsync()));
        using var call = operations.Submit(headers);
        foreach (var item in step.Items)
            await call.RequestStream.WriteAsync(new SubmitRequest { Operations = { Item(item) } });
        await call.RequestStream.CompleteAsync();
        var outcomes = new List<V1.Outcome>();
        await foreach (var response in call.ResponseStream.ReadAllAsync())
            outcomes.AddRange(response.Outcomes);
        return Told.Done(Outcomes(outcomes));
    }

    async Task<Told> WatchAsync(Watch step, Metadata headers)
    {
        if (client is not null && !step.Leaves)
            return Told.Done(
                Normal.Json(
                    new JsonArray([.. (await client.WatchAsync(step.After).Take(step.Count).ToListAsync()).Select(MessageJson.Of)])));
        using var call = operations.Watch(new WatchRequest { After = step.After, Leaves = step.Leaves }, headers);
        var found = new JsonArray();
        while (found.Count < step.Count && await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            foreach (var operation in call.ResponseStream.Current.Operations.Take(step.Count - found.Count))
                found.Add((JsonNode)MessageJson.Of(operation));
        }

        return Told.Done(Normal.Json(found));
    }

    static string Outcomes(IEnumerable<V1.Outcome> outcomes) => Normal.Json(new JsonArray([.. outcomes.Select(outcome =>
    {
        if (outcome.Operation is { } operation)
            return MessageJson.Of(operation);
        var told = GrpcDriver.Error(outcome.Error);
        return new JsonObject { ["code"] = told.Code, ["fields"] = told.Fields };
    })]));

    static Task<Told> PageAsync<T>(AsyncServerStreamingCall<T> call)
        where T : IMessage => PageAsync<T, IMessage>(call, null, _ => []);

    /// <summary>A page, whose items are what the client's own method gives, where there is one.</summary>
    static async Task<Told> PageAsync<T, TItem>(
        AsyncServerStreamingCall<T> call, IAsyncEnumerable<TItem>? own, Func<T, IEnumerable<TItem>> itemsOf)
        where T : IMessage
    {
        using (call)
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            var page = call.ResponseStream.Current;
            Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
            if (own is not null)
                Assert.Equal(itemsOf(page), await own.ToListAsync());
            return Done(page);
        }
    }

    static Told Done(IMessage message, bool isReplay = false, params (string Name, string? Value)[] more)
    {
        var json = MessageJson.Of(message);
        foreach (var (name, value) in more)
            json[name] = value;
        return Told.Done(Normal.Json(json), isReplay);
    }

    static T Set<T>(T message, params (string Name, string? Value)[] fields)
        where T : IMessage
    {
        foreach (var (name, value) in fields.Where(field => field.Value is not null))
            message.Descriptor.FindFieldByName(name).Accessor.SetValue(message, value);
        return message;
    }

    static T List<T>(T message, ListStep list, params (string Name, string? Value)[] fields)
        where T : IMessage
    {
        Set(Limit(message, list.Limit), [.. fields, ("cursor", list.Cursor)]);
        if (list.Order is not null)
            message.Descriptor.FindFieldByName("order").Accessor.SetValue(message, Word<SortOrder>(list.Order));
        return message;
    }

    static T Limit<T>(T message, string? limit)
        where T : IMessage
    {
        if (limit is not null)
            message.Descriptor.FindFieldByName("limit").Accessor.SetValue(message, int.Parse(limit, CultureInfo.InvariantCulture));
        return message;
    }

    static T Remarks<T>(T message, MoneyStep step)
        where T : IMessage
    {
        message.Descriptor.FindFieldByName("dry_run").Accessor.SetValue(message, step.DryRun);
        return Set(message, ("description", step.Description), ("metadata", step.Metadata), ("idempotency_key", step.Key));
    }

    static Money? Amount(string? amount, string? currency) =>
        amount is null ? null : new Money { Amount = amount, Currency = currency ?? "" };

    static V1.Leg Leg(Leg leg) => Set(new V1.Leg(), ("from", leg.From), ("to", leg.To), ("amount", leg.Amount));

    static V1.CaptureLeg Leg(CaptureLeg leg) => Set(new V1.CaptureLeg { Amount = Amount(leg.Amount, leg.Currency) }, ("to", leg.To));

    static V1.ReversalLeg Leg(ReversalLeg leg)
    {
        var message = new V1.ReversalLeg { Amount = Amount(leg.Amount, leg.Currency) };
        if (leg.Leg is { } place)
            message.Leg = place;
        return message;
    }

    static V1.PlaceHold Ending(V1.PlaceHold hold, int? seconds)
    {
        if (seconds is { } life)
            hold.ExpiresInSeconds = life;
        return hold;
    }

    static V1.ExtendHold Ending(V1.ExtendHold hold, int? seconds)
    {
        if (seconds is { } life)
            hold.ExpiresInSeconds = life;
        return hold;
    }

    static Item Item(MoneyStep step)
    {
        (string, string?)[] remarks = [("description", step.Description), ("metadata", step.Metadata)];
        var item = step switch
        {
            Deposit s =>
                new Item { Deposit = Set(new V1.Deposit { Amount = Amount(s.Amount, s.Currency) }, [("wallet", s.Wallet), .. remarks]) },
            Withdraw s =>
                new Item { Withdrawal = Set(new Withdrawal { Amount = Amount(s.Amount, s.Currency) }, [("wallet", s.Wallet), .. remarks]) },
            Transfer s =>
                new Item
                {
                    Transfer = Set(new V1.Transfer { Amount = Amount(s.Amount, s.Currency) }, [("from", s.From), ("to", s.To), .. remarks])
                },
            Post s => new Item { Posting = Set(new Posting { Legs = { s.Legs.Select(Leg) } }, remarks) },
            PlaceHold s =>
                new Item
                {
                    Hold = Set(
                        Ending(
                            new V1.PlaceHold
                            {
                                Amount = Amount(s.Amount, s.Currency),
                                ExpiresAt = At(s.ExpiresAt),
                                NoExpiresAt = s.IsForever
                            },
                            s.Seconds),
                        [("from", s.From), ("to", s.To), ("max_amount", s.MaxAmount), .. remarks])
                },
            IncreaseHold s =>
                new Item
                {
                    Increase = Set(new V1.IncreaseHold { Hold = s.Hold }, ("by", s.By), ("amount", s.Amount), ("max_amount", s.MaxAmount))
                },
            ExtendHold s =>
                new Item
                {
                    Extend = Ending(new V1.ExtendHold { Hold = s.Hold, ExpiresAt = At(s.ExpiresAt), NoExpiresAt = s.IsForever }, s.Seconds)
                },
            CaptureHold s =>
                new Item
                {
                    Capture = Set(
                        new V1.CaptureHold
                        {
                            Hold = s.Hold,
                            Amount = Amount(s.Amount, s.Currency),
                            Final = s.IsFinal,
                            Legs = { (s.Legs ?? []).Select(Leg) }
                        },
                        [("to", s.To), .. remarks])
                },
            ReleaseHold s => new Item { Release = Set(new V1.ReleaseHold { Hold = s.Hold }, ("amount", s.Amount)) },
            ReverseOperation s => new Item
            {
                Reverse = Set(
                    new V1.ReverseOperation
                    {
                        Operation = s.Operation,
                        Amount = Amount(s.Amount, s.Currency),
                        Legs = { (s.Legs ?? []).Select(Leg) },
                        Difference = Word<Difference>(s.Difference),
                        OnInsufficient = Word<OnInsufficient>(s.OnInsufficient),
                    },
                    [("reason", s.Reason), .. remarks]),
            },
            _ => throw new NotSupportedException($"gRPC has no item for {step}"),
        };
        if (step.Key is not null)
            item.Key = step.Key;
        return item;
    }

    static T Word<T>(string? word)
        where T : struct, System.Enum =>
            word is null ? default : System.Enum.Parse<T>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    static Timestamp? At(string? at) =>
        at is not null
            && at.Contains('T', StringComparison.Ordinal)
                ? Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture))
                : null;

    static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
