using Grpc.Core;
using Kopeck.V1;

namespace Kopeck.Client;

/// <content>Statements and reports as files. One that broke off is not gone on with: ask again, at the same number it is the same
/// again.</content>
public sealed partial class KopeckClient
{
    /// <summary>Writes a wallet's statement to a stream.</summary>
    /// <returns>A name for the file, such as <c>statement-main-wallet-5-at-42.csv</c>.</returns>
    public Task<string> WriteWalletStatementAsync(
        GetWalletStatementRequest request, Stream output, CancellationToken cancellationToken = default) =>
        WriteAsync(
            Statements.GetWalletStatement(request, cancellationToken: cancellationToken), part => part.Chunk, output, cancellationToken);

    /// <summary>Writes the statement of an account of any kind to a stream.</summary>
    /// <inheritdoc cref="WriteWalletStatementAsync" path="/returns"/>
    public Task<string> WriteAccountStatementAsync(
        GetAccountStatementRequest request, Stream output, CancellationToken cancellationToken = default) =>
        WriteAsync(
            Statements.GetAccountStatement(request, cancellationToken: cancellationToken), part => part.Chunk, output, cancellationToken);

    /// <summary>Writes the statement of all of a customer's wallets to a stream.</summary>
    /// <inheritdoc cref="WriteWalletStatementAsync" path="/returns"/>
    public Task<string> WriteCustomerStatementAsync(
        GetCustomerStatementRequest request, Stream output, CancellationToken cancellationToken = default) =>
        WriteAsync(
            Statements.GetCustomerStatement(request, cancellationToken: cancellationToken), part => part.Chunk, output, cancellationToken);

    /// <summary>Writes the statement of the customer of a name to a stream; <c>ambiguous_name</c> where several have it.</summary>
    /// <inheritdoc cref="WriteWalletStatementAsync" path="/returns"/>
    public Task<string> WriteReportAsync(GetReportRequest request, Stream output, CancellationToken cancellationToken = default) =>
        WriteAsync(Statements.GetReport(request, cancellationToken: cancellationToken), part => part.Chunk, output, cancellationToken);

    /// <summary>Writes the trial balance to a stream.</summary>
    /// <inheritdoc cref="WriteWalletStatementAsync" path="/returns"/>
    public Task<string> WriteTrialBalanceAsync(
        GetTrialBalanceRequest request, Stream output, CancellationToken cancellationToken = default) =>
        WriteAsync(
            Statements.GetTrialBalance(request, cancellationToken: cancellationToken), part => part.Chunk, output, cancellationToken);

    /// <summary>Writes the exchange positions to a stream.</summary>
    /// <inheritdoc cref="WriteWalletStatementAsync" path="/returns"/>
    public Task<string> WriteExchangePositionsAsync(
        GetExchangePositionsRequest request, Stream output, CancellationToken cancellationToken = default) =>
        WriteAsync(
            Statements.GetExchangePositions(request, cancellationToken: cancellationToken), part => part.Chunk, output, cancellationToken);

    /// <summary>Writes the turnover of each currency and day to a stream.</summary>
    /// <inheritdoc cref="WriteWalletStatementAsync" path="/returns"/>
    public Task<string> WriteTurnoverAsync(GetTurnoverRequest request, Stream output, CancellationToken cancellationToken = default) =>
        WriteAsync(Statements.GetTurnover(request, cancellationToken: cancellationToken), part => part.Chunk, output, cancellationToken);

    /// <summary>Writes the list of a period's postings to a stream.</summary>
    /// <inheritdoc cref="WriteWalletStatementAsync" path="/returns"/>
    public Task<string> WritePostingsAsync(GetPostingsRequest request, Stream output, CancellationToken cancellationToken = default) =>
        WriteAsync(Statements.GetPostings(request, cancellationToken: cancellationToken), part => part.Chunk, output, cancellationToken);

    static async Task<string> WriteAsync<TPart>(
        AsyncServerStreamingCall<TPart> call, Func<TPart, FileChunk> chunkOf, Stream output, CancellationToken cancellationToken)
    {
        var name = "";
        using (call)
        {
            try
            {
                while (await call.ResponseStream.MoveNext(cancellationToken))
                {
                    var chunk = chunkOf(call.ResponseStream.Current);
                    if (chunk.HasFilename)
                        name = chunk.Filename;
                    await output.WriteAsync(chunk.Data.Memory, cancellationToken);
                }
            }
            catch (RpcException exception)
            {
                throw Fail(exception, cancellationToken);
            }
        }

        return name;
    }
}
