using Grpc.Core;
using Kopeck.Server.Answers;
using Kopeck.Server.Grpc.Messages;
using Kopeck.V1;

namespace Kopeck.Server.Grpc.Services;

/// <summary>Quotes.</summary>
sealed class QuoteServices(GrpcCalls calls) : QuoteService.QuoteServiceBase
{
    public override Task<LoadQuotesResponse> LoadQuotes(LoadQuotesRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new LoadQuotesResponse { Operation = OperationMessages.ToMessage((OperationContent)answer.Content!), Replayed = answer.IsReplay });

    public override Task<ImportQuotesResponse> ImportQuotes(ImportQuotesRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new ImportQuotesResponse { Operation = OperationMessages.ToMessage((OperationContent)answer.Content!), Replayed = answer.IsReplay });

    public override Task<GetQuotesResponse> GetQuotes(GetQuotesRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => OtherMessages.ToMessage((QuotesInForceContent)answer.Content!));

    public override Task ListQuotes(ListQuotesRequest request, IServerStreamWriter<ListQuotesResponse> responseStream, ServerCallContext context) =>
        calls.ListAsync(request, context, responseStream, page =>
        {
            var response = new ListQuotesResponse { Items = { page.Items.Select(item => OtherMessages.ToMessage(((QuoteContent)item).Quote)) } };
            if (page.Next is { } next)
                response.Next = next;
            return response;
        });
}
