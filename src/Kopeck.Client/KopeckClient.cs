using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Kopeck.Client.Calls;
using Kopeck.V1;

namespace Kopeck.Client;

/// <summary>
/// A ledger over gRPC. Make one for each book and keep it: its channel is shared by all calls. Every method of the interface is on the
/// stubs (<see cref="Customers"/>, <see cref="Accounts"/>, ...); the methods of the client itself say the same in fewer words. Errors are
/// <see cref="KopeckException"/>; those of the stubs' streams are gRPC's own, for <see cref="KopeckException.From(RpcException)"/>. Safe
/// for concurrent use.
/// </summary>
public sealed partial class KopeckClient : IKopeckClient
{
    readonly GrpcChannel channel;
    readonly RetryPolicy retries;
    readonly KopeckClientOptions options;

    /// <summary>A client; nothing is sent before the first call.</summary>
    /// <exception cref="ArgumentException">The options are not usable; the message says why.</exception>
    public KopeckClient(KopeckClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.FindProblem() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        this.options = options;
        retries = new RetryPolicy(options);
        channel = GrpcChannel.ForAddress(options.Address, new GrpcChannelOptions
        {
            HttpHandler = options.HttpHandler ?? options.MakeHandler(),
            DisposeHttpClient = options.HttpHandler is null,
            MaxReceiveMessageSize = null,
            // The policy below knows what is safe to send again; the channel does not.
            MaxRetryAttempts = null,
        });
        var invoker = channel.Intercept(new CallPolicy(options, retries));
        Customers = new(invoker);
        Accounts = new(invoker);
        Operations = new(invoker);
        Holds = new(invoker);
        Quotes = new(invoker);
        Reference = new(invoker);
        Statements = new(invoker);
        Keys = new(invoker);
        Books = new(invoker);
    }

    /// <summary>A client of a server with an API key, and all else as it comes.</summary>
    public KopeckClient(string address, string key)
        : this(new KopeckClientOptions { Address = new Uri(address), Key = key })
    {
    }

    /// <summary>Customers and their personal data.</summary>
    public CustomerService.CustomerServiceClient Customers { get; }

    /// <summary>Wallets and internal accounts.</summary>
    public AccountService.AccountServiceClient Accounts { get; }

    /// <summary>Moving money, and the journal.</summary>
    public OperationService.OperationServiceClient Operations { get; }

    /// <summary>Reserving money.</summary>
    public HoldService.HoldServiceClient Holds { get; }

    /// <summary>Quotes.</summary>
    public QuoteService.QuoteServiceClient Quotes { get; }

    /// <summary>Currencies, countries and cities.</summary>
    public ReferenceService.ReferenceServiceClient Reference { get; }

    /// <summary>Statements and reports.</summary>
    public StatementService.StatementServiceClient Statements { get; }

    /// <summary>API keys.</summary>
    public KeyService.KeyServiceClient Keys { get; }

    /// <summary>Books; with the operator's key.</summary>
    public BookService.BookServiceClient Books { get; }

    /// <inheritdoc/>
    public void Dispose() => channel.Dispose();

    static Operation Told(Operation operation, bool isReplay)
    {
        operation.IsReplay = isReplay;
        return operation;
    }

    /// <summary>A stream's failure as callers see it.</summary>
    static Exception Fail(RpcException exception, CancellationToken cancellationToken) =>
        exception.StatusCode == StatusCode.Cancelled && cancellationToken.IsCancellationRequested
            ? new OperationCanceledException(exception.Message, exception, cancellationToken)
            : KopeckException.From(exception, null);
}
