using Grpc.Core;
using Kopeck.V1;

namespace Kopeck.Server.Grpc.Services;

/// <summary>Statements and reports, as files in pieces.</summary>
sealed class StatementServices(GrpcFiles files) : StatementService.StatementServiceBase
{
    public override Task GetWalletStatement(GetWalletStatementRequest request, IServerStreamWriter<GetWalletStatementResponse> responseStream, ServerCallContext context) =>
        files.SendAsync(request, context, responseStream, chunk => new GetWalletStatementResponse { Chunk = chunk });

    public override Task GetCustomerStatement(GetCustomerStatementRequest request, IServerStreamWriter<GetCustomerStatementResponse> responseStream, ServerCallContext context) =>
        files.SendAsync(request, context, responseStream, chunk => new GetCustomerStatementResponse { Chunk = chunk });

    public override Task GetReport(GetReportRequest request, IServerStreamWriter<GetReportResponse> responseStream, ServerCallContext context) =>
        files.SendAsync(request, context, responseStream, chunk => new GetReportResponse { Chunk = chunk });

    public override Task GetTrialBalance(GetTrialBalanceRequest request, IServerStreamWriter<GetTrialBalanceResponse> responseStream, ServerCallContext context) =>
        files.SendAsync(request, context, responseStream, chunk => new GetTrialBalanceResponse { Chunk = chunk });

    public override Task GetExchangePositions(GetExchangePositionsRequest request, IServerStreamWriter<GetExchangePositionsResponse> responseStream, ServerCallContext context) =>
        files.SendAsync(request, context, responseStream, chunk => new GetExchangePositionsResponse { Chunk = chunk });

    public override Task GetTurnover(GetTurnoverRequest request, IServerStreamWriter<GetTurnoverResponse> responseStream, ServerCallContext context) =>
        files.SendAsync(request, context, responseStream, chunk => new GetTurnoverResponse { Chunk = chunk });
}
