using Grpc.Core;
using Kopeck.Server.Answers;
using Kopeck.Server.Grpc.Messages;
using Kopeck.V1;

namespace Kopeck.Server.Grpc.Services;

/// <summary>Customers.</summary>
sealed class CustomerServices(GrpcCalls calls) : CustomerService.CustomerServiceBase
{
    public override Task<RegisterCustomerResponse> RegisterCustomer(RegisterCustomerRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new RegisterCustomerResponse
        {
            Customer = Customer(answer),
            Wallets = { ((CustomerContent)answer.Content!).Wallets!.Select(AccountMessages.ToMessage) },
            Replayed = answer.IsReplay,
        });

    public override Task ListCustomers(ListCustomersRequest request, IServerStreamWriter<ListCustomersResponse> responseStream, ServerCallContext context) =>
        calls.ListAsync(request, context, responseStream, page =>
        {
            var response = new ListCustomersResponse { Items = { page.Items.Select(item => AccountMessages.ToMessage((CustomerContent)item)) } };
            if (page.Next is { } next)
                response.Next = next;
            return response;
        });

    public override Task<GetCustomerResponse> GetCustomer(GetCustomerRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new GetCustomerResponse { Customer = Customer(answer) });

    public override Task<ChangeCustomerResponse> ChangeCustomer(ChangeCustomerRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new ChangeCustomerResponse { Customer = Customer(answer), Replayed = answer.IsReplay });

    public override Task<EraseCustomerResponse> EraseCustomer(EraseCustomerRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new EraseCustomerResponse { Customer = Customer(answer), Replayed = answer.IsReplay });

    static Customer Customer(Answer answer) => AccountMessages.ToMessage((CustomerContent)answer.Content!);
}
