using Kopeck.V1;

namespace Kopeck.Client;

/// <content>The calls that programs make most.</content>
public sealed partial class KopeckClient
{
    /// <summary>Registers a customer, with a wallet where a currency is given.</summary>
    public async Task<RegisterCustomerResponse> RegisterCustomerAsync(
        RegisterCustomerRequest request, CancellationToken cancellationToken = default) =>
        await Customers.RegisterCustomerAsync(request, cancellationToken: cancellationToken);

    /// <summary>A customer.</summary>
    public async Task<Customer> GetCustomerAsync(string id, CancellationToken cancellationToken = default) =>
        (await Customers.GetCustomerAsync(new GetCustomerRequest { Id = id }, cancellationToken: cancellationToken)).Customer;

    /// <summary>Changes what is set in the request.</summary>
    public async Task<Customer> ChangeCustomerAsync(ChangeCustomerRequest request, CancellationToken cancellationToken = default) =>
        (await Customers.ChangeCustomerAsync(request, cancellationToken: cancellationToken)).Customer;

    /// <summary>Erases a customer's personal data; the journal stays provable.</summary>
    public async Task<Customer> EraseCustomerAsync(string id, string? key = null, CancellationToken cancellationToken = default) =>
        (
            await Customers.EraseCustomerAsync(
                new EraseCustomerRequest { Id = id, IdempotencyKey = key ?? "" }, cancellationToken: cancellationToken)).Customer;

    /// <summary>Opens a wallet.</summary>
    /// <param name="code">A name of your own for it, unique in the book.</param>
    public async Task<Account> OpenWalletAsync(
        string customer, string currency, string? code = null, string? key = null, CancellationToken cancellationToken = default)
    {
        var request = new OpenWalletRequest { Id = customer, Currency = currency, IdempotencyKey = key ?? "" };
        if (code is not null)
            request.Code = code;
        return (await Accounts.OpenWalletAsync(request, cancellationToken: cancellationToken)).Account;
    }

    /// <summary>A wallet now. It shows all that was acknowledged before, by whichever server.</summary>
    public async Task<Account> GetWalletAsync(string id, CancellationToken cancellationToken = default) =>
        (await Accounts.GetWalletAsync(new GetWalletRequest { Id = id }, cancellationToken: cancellationToken)).Account;

    /// <summary>A wallet as an operation left it.</summary>
    public async Task<Account> GetWalletAtAsync(string id, long number, CancellationToken cancellationToken = default) =>
        (await Accounts.GetWalletAsync(new GetWalletRequest { Id = id, AtNumber = number }, cancellationToken: cancellationToken)).Account;

    /// <summary>Pays into a wallet.</summary>
    /// <param name="amount">In the wallet's currency, with at most its decimals.</param>
    /// <param name="key">An idempotency key of your own, for instance an invoice's number; made if left out.</param>
    public async Task<Operation> DepositAsync(
        string wallet, Money amount, string? description = null, string? key = null, CancellationToken cancellationToken = default)
    {
        var request = new DepositRequest { Wallet = wallet, Amount = amount, IdempotencyKey = key ?? "" };
        if (description is not null)
            request.Description = description;
        var response = await Operations.DepositAsync(request, cancellationToken: cancellationToken);
        return Told(response.Operation, response.Replayed);
    }

    /// <summary>Pays out of a wallet; <c>insufficient_funds</c> where it does not hold as much.</summary>
    /// <inheritdoc cref="DepositAsync" path="/param"/>
    public async Task<Operation> WithdrawAsync(
        string wallet, Money amount, string? description = null, string? key = null, CancellationToken cancellationToken = default)
    {
        var request = new WithdrawRequest { Wallet = wallet, Amount = amount, IdempotencyKey = key ?? "" };
        if (description is not null)
            request.Description = description;
        var response = await Operations.WithdrawAsync(request, cancellationToken: cancellationToken);
        return Told(response.Operation, response.Replayed);
    }

    /// <summary>Moves money between wallets, at the day's quote where they differ in currency.</summary>
    /// <param name="amount">In the sender's or the receiver's currency: what leaves the one, or reaches the other.</param>
    /// <inheritdoc cref="DepositAsync" path="/param"/>
    public async Task<Operation> TransferAsync(
        string from, string to, Money amount, string? description = null, string? key = null, CancellationToken cancellationToken = default)
    {
        var request = new TransferRequest { From = from, To = to, Amount = amount, IdempotencyKey = key ?? "" };
        if (description is not null)
            request.Description = description;
        var response = await Operations.TransferAsync(request, cancellationToken: cancellationToken);
        return Told(response.Operation, response.Replayed);
    }

    /// <summary>Does up to 10,000 operations, each for itself or all or none.</summary>
    /// <returns>One outcome an item, in their order; <see cref="KopeckException.From(Google.Rpc.Status)"/> reads an error.</returns>
    public async Task<IReadOnlyList<Outcome>> SubmitBatchAsync(
        IEnumerable<Item> items, bool atomic = false, string? key = null, CancellationToken cancellationToken = default) =>
        (
            await Operations.SubmitBatchAsync(
                new SubmitBatchRequest { Operations = { items }, Atomic = atomic, IdempotencyKey = key ?? "" },
                cancellationToken: cancellationToken)).Outcomes;

    /// <summary>An operation of the journal.</summary>
    public async Task<Operation> GetOperationAsync(string id, CancellationToken cancellationToken = default) =>
        (await Operations.GetOperationAsync(new GetOperationRequest { Id = id }, cancellationToken: cancellationToken)).Operation;

    /// <summary>Loads a day's quotes: what one unit of each currency is worth in the book's base currency.</summary>
    public Task<QuoteLoad> LoadQuotesAsync(
        DateOnly date, IReadOnlyDictionary<string, decimal> quotes, string? key = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(quotes);
        return LoadQuotesAsync(
            date, quotes.ToDictionary(quote => quote.Key, quote => new QuotePair { Base = Text(quote.Value) }, StringComparer.Ordinal), key,
            cancellationToken);
    }

    /// <summary>Loads a day's quotes: for each currency how many units of it are worth how much of the book's base currency.</summary>
    public async Task<QuoteLoad> LoadQuotesAsync(
        DateOnly date, IReadOnlyDictionary<string, QuotePair> quotes, string? key = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(quotes);
        var request = new LoadQuotesRequest
        {
            Date = date.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            IdempotencyKey = key ?? ""
        };
        foreach (var (currency, pair) in quotes)
            request.Quotes.Add(currency, pair);
        return (await Quotes.LoadQuotesAsync(request, cancellationToken: cancellationToken)).Load;
    }

    static string Text(decimal figure) => figure.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
