using Google.Protobuf;
using Kopeck.Api;
using Kopeck.Api.Answers;
using Kopeck.Api.Calls;
using Kopeck.Server.Grpc.Reading;
using Kopeck.V1;

namespace Kopeck.Server.Grpc.Messages;

/// <summary>The response of each method, from its call's answer: the table that the methods are made of.</summary>
static class Responses
{
    static readonly Dictionary<string, Func<Result, CallRequest, IMessage>> Unary = new(StringComparer.Ordinal)
    {
        ["RegisterCustomer"] = (result, _) => new RegisterCustomerResponse
        {
            Customer = Customer(result),
            Wallets = { ((CustomerAnswer)result.Answer!).Wallets!.Select(AccountMessages.ToMessage) },
            Replayed = result.IsReplay,
        },
        ["GetCustomer"] = (result, _) => new GetCustomerResponse { Customer = Customer(result) },
        ["ChangeCustomer"] = (result, _) => new ChangeCustomerResponse { Customer = Customer(result), Replayed = result.IsReplay },
        ["EraseCustomer"] = (result, _) => new EraseCustomerResponse { Customer = Customer(result), Replayed = result.IsReplay },
        ["OpenWallet"] = (result, _) => new OpenWalletResponse { Account = Account(result), Replayed = result.IsReplay },
        ["GetWallet"] = (result, _) => new GetWalletResponse { Account = Account(result) },
        ["GetAccount"] = (result, _) => new GetAccountResponse { Account = Account(result) },
        ["OpenAccount"] = (result, _) => new OpenAccountResponse { Account = Account(result), Replayed = result.IsReplay },
        ["FreezeAccount"] = (result, _) => new FreezeAccountResponse { Account = Account(result), Replayed = result.IsReplay },
        ["UnfreezeAccount"] = (result, _) => new UnfreezeAccountResponse { Account = Account(result), Replayed = result.IsReplay },
        ["CloseAccount"] = (result, _) => new CloseAccountResponse { Account = Account(result), Replayed = result.IsReplay },
        ["SetFloor"] = (result, _) => new SetFloorResponse { Account = Account(result), Replayed = result.IsReplay },
        ["Deposit"] = (result, _) => new DepositResponse { Operation = Operation(result), Replayed = result.IsReplay },
        ["Withdraw"] = (result, _) => new WithdrawResponse { Operation = Operation(result), Replayed = result.IsReplay },
        ["Transfer"] = (result, _) => new TransferResponse { Operation = Operation(result), Replayed = result.IsReplay },
        ["Post"] = (result, _) => new PostResponse { Operation = Operation(result), Replayed = result.IsReplay },
        ["PlaceHold"] = (result, _) => new PlaceHoldResponse { Operation = Operation(result), Replayed = result.IsReplay },
        ["IncreaseHold"] = (result, _) => new IncreaseHoldResponse { Operation = Operation(result), Replayed = result.IsReplay },
        ["ExtendHold"] = (result, _) => new ExtendHoldResponse { Operation = Operation(result), Replayed = result.IsReplay },
        ["CaptureHold"] = (result, _) => new CaptureHoldResponse { Operation = Operation(result), Replayed = result.IsReplay },
        ["ReleaseHold"] = (result, _) => new ReleaseHoldResponse { Operation = Operation(result), Replayed = result.IsReplay },
        ["ReverseOperation"] = (result, _) => new ReverseOperationResponse { Operation = Operation(result), Replayed = result.IsReplay },
        ["GetHold"] = (result, _) => new GetHoldResponse { Hold = HoldMessages.ToMessage((HoldAnswer)result.Answer!) },
        ["SubmitBatch"] = (result, request) => new SubmitBatchResponse
        {
            Outcomes = { Outcomes((BatchAnswer)result.Answer!, (BatchRequest)request) },
            Replayed = result.IsReplay,
        },
        ["GetOperation"] = (result, _) => new GetOperationResponse { Operation = Operation(result) },
        ["LoadQuotes"] = (result, _) => new LoadQuotesResponse { Load = Load(result), Replayed = result.IsReplay },
        ["ImportQuotes"] = (result, _) => new ImportQuotesResponse { Load = Load(result), Replayed = result.IsReplay },
        ["GetQuotes"] = (result, _) => OtherMessages.ToMessage((QuotesInForceAnswer)result.Answer!),
        ["ListCurrencies"] = (result, _) =>
            new ListCurrenciesResponse { Items = { Items<CurrencyAnswer>(result).Select(item => OtherMessages.ToMessage(item.Currency)) } },
        ["ListCountries"] = (result, _) =>
            new ListCountriesResponse { Items = { Items<CountryAnswer>(result).Select(item => OtherMessages.ToMessage(item.Country)) } },
        ["ListCities"] = (result, _) =>
            new ListCitiesResponse { Items = { Items<CityAnswer>(result).Select(item => OtherMessages.ToMessage(item.City)) } },
        ["ListKeys"] = (result, _) => new ListKeysResponse { Items = { Items<KeyAnswer>(result).Select(OtherMessages.ToMessage) } },
        ["CreateKey"] = (result, _) =>
            WithSecret(new CreateKeyResponse { Key = OtherMessages.ToMessage((KeyAnswer)result.Answer!) }, (KeyAnswer)result.Answer!),
        ["ChangeKey"] = (result, _) => new ChangeKeyResponse { Key = OtherMessages.ToMessage((KeyAnswer)result.Answer!) },
        ["RotateKey"] = (result, _) =>
            WithSecret(new RotateKeyResponse { Key = OtherMessages.ToMessage((KeyAnswer)result.Answer!) }, (KeyAnswer)result.Answer!),
        ["RevokeKey"] = (result, _) => new RevokeKeyResponse { Key = OtherMessages.ToMessage((KeyAnswer)result.Answer!) },
        ["GetBook"] = (result, _) => new GetBookResponse { Book = OtherMessages.ToMessage((BookAnswer)result.Answer!) },
        ["ChangeBook"] = (result, _) =>
            new ChangeBookResponse { Book = OtherMessages.ToMessage((BookAnswer)result.Answer!), Replayed = result.IsReplay },
        ["ListBooks"] = (result, _) => new ListBooksResponse
        {
            Items = { ((BookListAnswer)result.Answer!).Items.Select(OtherMessages.ToMessage) },
            Unreadable = { ((BookListAnswer)result.Answer!).Unreadable },
        },
        ["OpenBook"] = (result, _) =>
            WithSecret(new OpenBookResponse { Book = OtherMessages.ToMessage((BookAnswer)result.Answer!) }, (BookAnswer)result.Answer!),
    };

    static readonly Dictionary<string, Func<ListAnswer, IMessage>> Pages = new(StringComparer.Ordinal)
    {
        ["ListCustomers"] = page =>
        {
            var response = new ListCustomersResponse { Items = { Of<CustomerAnswer>(page).Select(AccountMessages.ToMessage) } };
            if (page.Next is { } next)
                response.Next = next;
            return response;
        },
        ["ListWallets"] = page =>
        {
            var response = new ListWalletsResponse { Items = { Of<AccountAnswer>(page).Select(AccountMessages.ToMessage) } };
            if (page.Next is { } next)
                response.Next = next;
            return response;
        },
        ["ListAccounts"] = page =>
        {
            var response = new ListAccountsResponse { Items = { Of<AccountAnswer>(page).Select(AccountMessages.ToMessage) } };
            if (page.Next is { } next)
                response.Next = next;
            return response;
        },
        ["ListOperations"] = page =>
        {
            var response = new ListOperationsResponse { Items = { Of<OperationAnswer>(page).Select(OperationMessages.ToMessage) } };
            if (page.Next is { } next)
                response.Next = next;
            return response;
        },
        ["ListHolds"] = page =>
        {
            var response = new ListHoldsResponse { Items = { Of<HoldAnswer>(page).Select(HoldMessages.ToMessage) } };
            if (page.Next is { } next)
                response.Next = next;
            return response;
        },
        ["ListQuotes"] = page =>
        {
            var response = new ListQuotesResponse { Items = { Of<QuoteAnswer>(page).Select(item => OtherMessages.ToMessage(item.Quote)) } };
            if (page.Next is { } next)
                response.Next = next;
            return response;
        },
    };

    static readonly Dictionary<string, Func<FileChunk, IMessage>> Files = new(StringComparer.Ordinal)
    {
        ["GetWalletStatement"] = chunk => new GetWalletStatementResponse { Chunk = chunk },
        ["GetAccountStatement"] = chunk => new GetAccountStatementResponse { Chunk = chunk },
        ["GetCustomerStatement"] = chunk => new GetCustomerStatementResponse { Chunk = chunk },
        ["GetReport"] = chunk => new GetReportResponse { Chunk = chunk },
        ["GetTrialBalance"] = chunk => new GetTrialBalanceResponse { Chunk = chunk },
        ["GetExchangePositions"] = chunk => new GetExchangePositionsResponse { Chunk = chunk },
        ["GetTurnover"] = chunk => new GetTurnoverResponse { Chunk = chunk },
        ["GetPostings"] = chunk => new GetPostingsResponse { Chunk = chunk },
    };

    /// <summary>The response of a method that gives one; null for one that gives a stream.</summary>
    public static Func<Result, CallRequest, IMessage>? OfOne(string method) => Unary.GetValueOrDefault(method);

    /// <summary>The pages of a list; null for a method that is none.</summary>
    public static Func<ListAnswer, IMessage>? OfPages(string method) => Pages.GetValueOrDefault(method);

    /// <summary>The pieces of a file; null for a method that gives none.</summary>
    public static Func<FileChunk, IMessage>? OfFile(string method) => Files.GetValueOrDefault(method);

    static IReadOnlyList<T> Items<T>(Result result)
        where T : Answer => Of<T>((ListAnswer)result.Answer!);

    static IReadOnlyList<T> Of<T>(ListAnswer page)
        where T : Answer => ((ListAnswer<T>)page).Items;

    static Customer Customer(Result result) => AccountMessages.ToMessage((CustomerAnswer)result.Answer!);

    static Account Account(Result result) => AccountMessages.ToMessage((AccountAnswer)result.Answer!);

    static QuoteLoad Load(Result result) => OtherMessages.ToMessage((QuoteLoadAnswer)result.Answer!);

    static Operation Operation(Result result) => OperationMessages.ToMessage((OperationAnswer)result.Answer!);

    static IEnumerable<Outcome> Outcomes(BatchAnswer answer, BatchRequest request) =>
        answer.Outcomes.Select((outcome, place) => OperationMessages.ToMessage(outcome, ItemReader.Descriptor(request.Items[place].Kind)));

    static CreateKeyResponse WithSecret(CreateKeyResponse response, KeyAnswer key)
    {
        if (key.Secret is { } secret)
            response.Secret = secret;
        return response;
    }

    static RotateKeyResponse WithSecret(RotateKeyResponse response, KeyAnswer key)
    {
        if (key.Secret is { } secret)
            response.Secret = secret;
        return response;
    }

    static OpenBookResponse WithSecret(OpenBookResponse response, BookAnswer book)
    {
        if (book.Secret is { } secret)
            response.Secret = secret;
        return response;
    }
}
