using Grpc.Core;
using Kopeck.Server.Answers;
using Kopeck.Server.Grpc.Messages;
using Kopeck.Server.Grpc.Reading;
using Kopeck.V1;

namespace Kopeck.Server.Grpc.Services;

/// <summary>Money and the journal.</summary>
sealed class OperationServices(GrpcCalls calls, GrpcStreams streams) : OperationService.OperationServiceBase
{
    public override Task<DepositResponse> Deposit(DepositRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new DepositResponse { Operation = Operation(answer), Replayed = answer.IsReplay });

    public override Task<WithdrawResponse> Withdraw(WithdrawRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new WithdrawResponse { Operation = Operation(answer), Replayed = answer.IsReplay });

    public override Task<TransferResponse> Transfer(TransferRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new TransferResponse { Operation = Operation(answer), Replayed = answer.IsReplay });

    public override Task<PostResponse> Post(PostRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new PostResponse { Operation = Operation(answer), Replayed = answer.IsReplay });

    public override Task<SubmitBatchResponse> SubmitBatch(SubmitBatchRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new SubmitBatchResponse
        {
            Outcomes = { ((BatchContent)answer.Content!).Batch.Outcomes.Select((outcome, place) => OperationMessages.ToMessage(outcome, ItemReader.Descriptor(request.Operations[place]))) },
            Replayed = answer.IsReplay,
        });

    public override Task Submit(IAsyncStreamReader<SubmitRequest> requestStream, IServerStreamWriter<SubmitResponse> responseStream, ServerCallContext context) =>
        streams.SubmitAsync(requestStream, responseStream, context);

    public override Task<GetOperationResponse> GetOperation(GetOperationRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new GetOperationResponse { Operation = Operation(answer) });

    public override Task ListOperations(ListOperationsRequest request, IServerStreamWriter<ListOperationsResponse> responseStream, ServerCallContext context) =>
        calls.ListAsync(request, context, responseStream, page =>
        {
            var response = new ListOperationsResponse { Items = { page.Items.Select(item => OperationMessages.ToMessage((OperationContent)item)) } };
            if (page.Next is { } next)
                response.Next = next;
            return response;
        });

    public override Task Watch(WatchRequest request, IServerStreamWriter<WatchResponse> responseStream, ServerCallContext context) =>
        streams.WatchAsync(request, responseStream, context);

    static Operation Operation(Answer answer) => OperationMessages.ToMessage((OperationContent)answer.Content!);
}
