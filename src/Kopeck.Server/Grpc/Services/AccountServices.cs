using Grpc.Core;
using Kopeck.Server.Answers;
using Kopeck.Server.Grpc.Messages;
using Kopeck.V1;

namespace Kopeck.Server.Grpc.Services;

/// <summary>Wallets and accounts.</summary>
sealed class AccountServices(GrpcCalls calls) : AccountService.AccountServiceBase
{
    public override Task<OpenWalletResponse> OpenWallet(OpenWalletRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new OpenWalletResponse { Account = Account(answer), Replayed = answer.IsReplay });

    public override Task<GetWalletResponse> GetWallet(GetWalletRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new GetWalletResponse { Account = Account(answer) });

    public override Task<GetAccountResponse> GetAccount(GetAccountRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new GetAccountResponse { Account = Account(answer) });

    public override Task<OpenAccountResponse> OpenAccount(OpenAccountRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new OpenAccountResponse { Account = Account(answer), Replayed = answer.IsReplay });

    public override Task<FreezeAccountResponse> FreezeAccount(FreezeAccountRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new FreezeAccountResponse { Account = Account(answer), Replayed = answer.IsReplay });

    public override Task<UnfreezeAccountResponse> UnfreezeAccount(UnfreezeAccountRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new UnfreezeAccountResponse { Account = Account(answer), Replayed = answer.IsReplay });

    public override Task<CloseAccountResponse> CloseAccount(CloseAccountRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new CloseAccountResponse { Account = Account(answer), Replayed = answer.IsReplay });

    public override Task<SetFloorResponse> SetFloor(SetFloorRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new SetFloorResponse { Account = Account(answer), Replayed = answer.IsReplay });

    public override Task ListWallets(ListWalletsRequest request, IServerStreamWriter<ListWalletsResponse> responseStream, ServerCallContext context) =>
        calls.ListAsync(request, context, responseStream, page =>
        {
            var response = new ListWalletsResponse { Items = { Accounts(page) } };
            if (page.Next is { } next)
                response.Next = next;
            return response;
        });

    public override Task ListAccounts(ListAccountsRequest request, IServerStreamWriter<ListAccountsResponse> responseStream, ServerCallContext context) =>
        calls.ListAsync(request, context, responseStream, page =>
        {
            var response = new ListAccountsResponse { Items = { Accounts(page) } };
            if (page.Next is { } next)
                response.Next = next;
            return response;
        });

    static Account Account(Answer answer) => AccountMessages.ToMessage((AccountContent)answer.Content!);

    static IEnumerable<Account> Accounts(ListContent page) => page.Items.Select(item => AccountMessages.ToMessage((AccountContent)item));
}
