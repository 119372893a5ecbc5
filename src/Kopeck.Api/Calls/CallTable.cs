using System.Collections.Frozen;

namespace Kopeck.Api.Calls;

/// <summary>All calls of the API.</summary>
public static class CallTable
{
    /// <summary>What every call's path begins with.</summary>
    public const string Root = "/v1/";

    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<Call> All { get; } =
    [
        new RegisterCustomerRequest().Call,
        new ListCustomersRequest().Call,
        new GetCustomerRequest().Call,
        new ChangeCustomerRequest().Call,
        new EraseCustomerRequest().Call,
        new ListWalletsRequest().Call,
        new OpenWalletRequest().Call,
        new GetWalletRequest().Call,
        new GetAccountRequest().Call,
        new ListAccountsRequest().Call,
        new OpenAccountRequest().Call,
        new FreezeAccountRequest().Call,
        new UnfreezeAccountRequest().Call,
        new CloseAccountRequest().Call,
        new SetFloorRequest().Call,
        new DepositRequest().Call,
        new WithdrawalRequest().Call,
        new TransferRequest().Call,
        new PostingRequest().Call,
        new PlaceHoldRequest().Call,
        new ListHoldsRequest().Call,
        new GetHoldRequest().Call,
        new IncreaseHoldRequest().Call,
        new ExtendHoldRequest().Call,
        new CaptureHoldRequest().Call,
        new ReleaseHoldRequest().Call,
        new ReverseOperationRequest().Call,
        new BatchRequest().Call,
        new GetOperationRequest().Call,
        new ListOperationsRequest().Call,
        new WatchRequest().Call,
        new WalletStatementRequest().Call,
        new AccountStatementRequest().Call,
        new CustomerStatementRequest().Call,
        new OperationsReportRequest().Call,
        new TrialBalanceRequest().Call,
        new ExchangeReportRequest().Call,
        new TurnoverRequest().Call,
        new PostingsReportRequest().Call,
        new LoadQuotesRequest().Call,
        new ImportQuotesRequest().Call,
        new GetQuotesRequest().Call,
        new ListQuotesRequest().Call,
        new ListCurrenciesRequest().Call,
        new ListCountriesRequest().Call,
        new ListCitiesRequest().Call,
        new ListKeysRequest().Call,
        new CreateKeyRequest().Call,
        new ChangeKeyRequest().Call,
        new RotateKeyRequest().Call,
        new RevokeKeyRequest().Call,
        new GetBookRequest().Call,
        new ChangeBookRequest().Call,
        new ListBooksRequest().Call,
        new OpenBookRequest().Call,
    ];

    // Paths without places are found as they are; the others by the number of parts and the second of them.
    static readonly FrozenDictionary<string, Call[]> Plain =
        All.Where(call => call.Places.Count == 0).GroupBy(call => call.Path, StringComparer.Ordinal).ToFrozenDictionary(
            calls => calls.Key, calls => calls.ToArray(), StringComparer.Ordinal);

    static readonly ILookup<(int, string), Call> WithPlaces =
        All.Where(call => call.Places.Count > 0).ToLookup(call => (call.Segments.Count, call.Segments[1]));

    /// <summary>The calls of a path, one a method, with the values of its places. A path's own words win over places.</summary>
    public static IReadOnlyList<Call> Find(string path, out IReadOnlyList<string> values)
    {
        values = [];
        if (Plain.TryGetValue(path, out var plain))
            return plain;
        if (!path.StartsWith(Root, StringComparison.Ordinal))
            return [];
        var segments = path[1..].Split('/');
        List<Call> found = [];
        foreach (var call in WithPlaces[(segments.Length, segments[1])])
        {
            if (Matches(call, segments))
                found.Add(call);
        }

        if (found.Count > 0)
            values = [.. segments.Where((_, index) => found[0].Segments[index][0] == '{')];
        return found;
    }

    static bool Matches(Call call, string[] segments)
    {
        for (var index = 0; index < segments.Length; index++)
        {
            if (call.Segments[index][0] == '{' ? segments[index].Length == 0 : call.Segments[index] != segments[index])
                return false;
        }

        return true;
    }
}
