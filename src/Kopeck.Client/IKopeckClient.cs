using Kopeck.V1;

namespace Kopeck.Client;

/// <summary>
/// What <see cref="KopeckClient"/> does, for programs that take it as an interface: register it with <c>AddKopeckClient</c>, and give
/// tests one of a real server in the process (the package Kopeck.Testing) or a stand-in of your own.
/// </summary>
public interface IKopeckClient : IDisposable
{
    /// <summary>Customers and their personal data.</summary>
    CustomerService.CustomerServiceClient Customers { get; }

    /// <summary>Wallets and internal accounts.</summary>
    AccountService.AccountServiceClient Accounts { get; }

    /// <summary>Moving money, and the journal.</summary>
    OperationService.OperationServiceClient Operations { get; }

    /// <summary>Reserving money.</summary>
    HoldService.HoldServiceClient Holds { get; }

    /// <summary>Quotes.</summary>
    QuoteService.QuoteServiceClient Quotes { get; }

    /// <summary>Currencies, countries and cities.</summary>
    ReferenceService.ReferenceServiceClient Reference { get; }

    /// <summary>Statements and reports.</summary>
    StatementService.StatementServiceClient Statements { get; }

    /// <summary>API keys.</summary>
    KeyService.KeyServiceClient Keys { get; }

    /// <summary>Books; with the operator's key.</summary>
    BookService.BookServiceClient Books { get; }

    /// <summary>Registers a customer, with a wallet where a currency is given.</summary>
    Task<RegisterCustomerResponse> RegisterCustomerAsync(
        RegisterCustomerRequest request, CancellationToken cancellationToken = default);

    /// <summary>A customer.</summary>
    Task<Customer> GetCustomerAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Changes what is set in the request.</summary>
    Task<Customer> ChangeCustomerAsync(ChangeCustomerRequest request, CancellationToken cancellationToken = default);

    /// <summary>Erases a customer's personal data; the journal stays provable.</summary>
    Task<Customer> EraseCustomerAsync(string id, string? key = null, CancellationToken cancellationToken = default);

    /// <summary>Opens a wallet.</summary>
    /// <param name="code">A name of your own for it, unique in the book.</param>
    Task<Account> OpenWalletAsync(
        string customer,
        string currency,
        string? code = null,
        string? key = null,
        CancellationToken cancellationToken = default);

    /// <summary>A wallet now. It shows all that was acknowledged before, by whichever server.</summary>
    Task<Account> GetWalletAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>A wallet as an operation left it.</summary>
    Task<Account> GetWalletAtAsync(string id, long number, CancellationToken cancellationToken = default);

    /// <summary>Pays into a wallet.</summary>
    /// <param name="amount">In the wallet's currency, with at most its decimals.</param>
    /// <param name="key">An idempotency key of your own, for instance an invoice's number; made if left out.</param>
    Task<Operation> DepositAsync(
        string wallet,
        Money amount,
        string? description = null,
        string? key = null,
        CancellationToken cancellationToken = default);

    /// <summary>Pays out of a wallet; <c>insufficient_funds</c> where it does not hold as much.</summary>
    /// <inheritdoc cref="DepositAsync" path="/param"/>
    Task<Operation> WithdrawAsync(
        string wallet,
        Money amount,
        string? description = null,
        string? key = null,
        CancellationToken cancellationToken = default);

    /// <summary>Moves money between wallets, at the day's quote where they differ in currency.</summary>
    /// <param name="amount">In the sender's or the receiver's currency: what leaves the one, or reaches the other.</param>
    /// <inheritdoc cref="DepositAsync" path="/param"/>
    Task<Operation> TransferAsync(
        string from,
        string to,
        Money amount,
        string? description = null,
        string? key = null,
        CancellationToken cancellationToken = default);

    /// <summary>Does up to 10,000 operations, each for itself or all or none.</summary>
    /// <returns>One outcome an item, in their order; <see cref="KopeckException.From(Google.Rpc.Status)"/> reads an error.</returns>
    Task<IReadOnlyList<Outcome>> SubmitBatchAsync(
        IEnumerable<Item> items,
        bool atomic = false,
        string? key = null,
        CancellationToken cancellationToken = default);

    /// <summary>An operation of the journal.</summary>
    Task<Operation> GetOperationAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Loads a day's quotes: what one unit of each currency is worth in the book's base currency.</summary>
    Task<QuoteLoad> LoadQuotesAsync(
        DateOnly date,
        IReadOnlyDictionary<string,
        decimal> quotes,
        string? key = null,
        CancellationToken cancellationToken = default);

    /// <summary>Loads a day's quotes: for each currency how many units of it are worth how much of the book's base currency.</summary>
    Task<QuoteLoad> LoadQuotesAsync(
        DateOnly date,
        IReadOnlyDictionary<string,
        QuotePair> quotes,
        string? key = null,
        CancellationToken cancellationToken = default);

    /// <summary>Reserves an amount until it is captured, released or expires. The operation's <c>Hold</c> is the hold.</summary>
    /// <param name="from">The wallet or internal account whose money is reserved.</param>
    /// <param name="amount">In the account's currency, or in that of the receiver.</param>
    /// <param name="to">The one account that captures may pay, or <c>cash</c>; captures say if left out.</param>
    /// <param name="life">How long it lives, in whole seconds; a week if left out.</param>
    /// <param name="key">An idempotency key of your own, for instance a booking's number; made if left out.</param>
    Task<Operation> PlaceHoldAsync(
        string from,
        Money amount,
        string? to = null,
        TimeSpan? life = null,
        string? description = null,
        string? key = null,
        CancellationToken cancellationToken = default);

    /// <summary>Takes something of a hold and pays it.</summary>
    /// <param name="amount">All that remains if left out.</param>
    /// <param name="to">An account, or <c>cash</c>; the hold's own receiver if left out.</param>
    /// <param name="final">Whether what is not taken is released.</param>
    /// <inheritdoc cref="PlaceHoldAsync" path="/param"/>
    Task<Operation> CaptureHoldAsync(
        string hold,
        Money? amount = null,
        string? to = null,
        bool final = false,
        string? description = null,
        string? key = null,
        CancellationToken cancellationToken = default);

    /// <summary>Frees what a hold reserves, or a part of it.</summary>
    /// <param name="amount">In the account's currency; all that remains if left out.</param>
    /// <inheritdoc cref="PlaceHoldAsync" path="/param"/>
    Task<Operation> ReleaseHoldAsync(
        string hold, decimal? amount = null, string? key = null, CancellationToken cancellationToken = default);

    /// <summary>Reserves more by a hold.</summary>
    /// <param name="by">In the account's currency.</param>
    /// <inheritdoc cref="PlaceHoldAsync" path="/param"/>
    Task<Operation> IncreaseHoldAsync(
        string hold, decimal by, string? key = null, CancellationToken cancellationToken = default);

    /// <summary>Lets a hold live longer.</summary>
    /// <param name="life">From now on, in whole seconds.</param>
    /// <inheritdoc cref="PlaceHoldAsync" path="/param"/>
    Task<Operation> ExtendHoldAsync(
        string hold, TimeSpan life, string? key = null, CancellationToken cancellationToken = default);

    /// <summary>A hold now, with its captures.</summary>
    Task<Hold> GetHoldAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>A hold as an operation left it.</summary>
    Task<Hold> GetHoldAtAsync(string id, long number, CancellationToken cancellationToken = default);

    /// <summary>Takes an operation that moved money back, whole or in part; never more than it moved.</summary>
    /// <param name="amount">In either of its currencies; all that remains if left out.</param>
    /// <param name="reason">Why. Not for personal data: it cannot be erased.</param>
    /// <inheritdoc cref="PlaceHoldAsync" path="/param"/>
    Task<Operation> ReverseAsync(
        string operation,
        Money? amount = null,
        string? reason = null,
        string? key = null,
        CancellationToken cancellationToken = default);

    /// <summary>Writes a wallet's statement to a stream.</summary>
    /// <returns>A name for the file, such as <c>statement-main-wallet-5-at-42.csv</c>.</returns>
    Task<string> WriteWalletStatementAsync(
        GetWalletStatementRequest request, Stream output, CancellationToken cancellationToken = default);

    /// <summary>Writes the statement of an account of any kind to a stream.</summary>
    /// <inheritdoc cref="WriteWalletStatementAsync" path="/returns"/>
    Task<string> WriteAccountStatementAsync(
        GetAccountStatementRequest request, Stream output, CancellationToken cancellationToken = default);

    /// <summary>Writes the statement of all of a customer's wallets to a stream.</summary>
    /// <inheritdoc cref="WriteWalletStatementAsync" path="/returns"/>
    Task<string> WriteCustomerStatementAsync(
        GetCustomerStatementRequest request, Stream output, CancellationToken cancellationToken = default);

    /// <summary>Writes the statement of the customer of a name to a stream; <c>ambiguous_name</c> where several have it.</summary>
    /// <inheritdoc cref="WriteWalletStatementAsync" path="/returns"/>
    Task<string> WriteReportAsync(GetReportRequest request, Stream output, CancellationToken cancellationToken = default);

    /// <summary>Writes the trial balance to a stream.</summary>
    /// <inheritdoc cref="WriteWalletStatementAsync" path="/returns"/>
    Task<string> WriteTrialBalanceAsync(
        GetTrialBalanceRequest request, Stream output, CancellationToken cancellationToken = default);

    /// <summary>Writes the exchange positions to a stream.</summary>
    /// <inheritdoc cref="WriteWalletStatementAsync" path="/returns"/>
    Task<string> WriteExchangePositionsAsync(
        GetExchangePositionsRequest request, Stream output, CancellationToken cancellationToken = default);

    /// <summary>Writes the turnover of each currency and day to a stream.</summary>
    /// <inheritdoc cref="WriteWalletStatementAsync" path="/returns"/>
    Task<string> WriteTurnoverAsync(
        GetTurnoverRequest request, Stream output, CancellationToken cancellationToken = default);

    /// <summary>Writes the list of a period's postings to a stream.</summary>
    /// <inheritdoc cref="WriteWalletStatementAsync" path="/returns"/>
    Task<string> WritePostingsAsync(
        GetPostingsRequest request, Stream output, CancellationToken cancellationToken = default);

    /// <summary>Customers, by number; all pages of them, as they are read.</summary>
    IAsyncEnumerable<Customer> ListCustomersAsync(
        ListCustomersRequest? request = null, CancellationToken cancellationToken = default);

    /// <summary>A customer's wallets.</summary>
    IAsyncEnumerable<Account> ListWalletsAsync(string customer, CancellationToken cancellationToken = default);

    /// <summary>Accounts.</summary>
    IAsyncEnumerable<Account> ListAccountsAsync(
        ListAccountsRequest? request = null, CancellationToken cancellationToken = default);

    /// <summary>Operations, the newest first unless asked otherwise.</summary>
    IAsyncEnumerable<Operation> ListOperationsAsync(
        ListOperationsRequest? request = null, CancellationToken cancellationToken = default);

    /// <summary>Holds, the newest first unless asked otherwise, without their captures.</summary>
    IAsyncEnumerable<Hold> ListHoldsAsync(ListHoldsRequest? request = null, CancellationToken cancellationToken = default);

    /// <summary>A currency's quotes.</summary>
    IAsyncEnumerable<Quote> ListQuotesAsync(ListQuotesRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// The journal after a number: first what is there, then what is committed from then on, by whichever server; in order, each operation
    /// once. Where the connection is lost it goes on after the last operation. Ends by cancellation only, or by an error that waiting does
    /// not cure.
    /// </summary>
    /// <param name="after">0 begins with the book's first operation.</param>
    IAsyncEnumerable<Operation> WatchAsync(long after, CancellationToken cancellationToken = default);

    /// <summary>
    /// Operations in, outcomes out, in their order, each for itself: for bulk. Only so many are taken from <paramref name="items"/> as were
    /// not answered yet, so that a slow reader slows the source. Items without a key get one; after a lost connection those that were not
    /// answered are sent again, and what was done already is answered from the journal.
    /// </summary>
    /// <returns>One outcome an item; <see cref="KopeckException.From(Google.Rpc.Status)"/> reads an error.</returns>
    IAsyncEnumerable<Outcome> SubmitAsync(IAsyncEnumerable<Item> items, CancellationToken cancellationToken = default);
}
