using Grpc.Core;
using Kopeck.Server.Answers;
using Kopeck.Server.Grpc.Messages;
using Kopeck.V1;

namespace Kopeck.Server.Grpc.Services;

/// <summary>Books: the operator's.</summary>
sealed class BookServices(GrpcCalls calls) : BookService.BookServiceBase
{
    public override Task<ListBooksResponse> ListBooks(ListBooksRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new ListBooksResponse { Items = { ((ListContent)answer.Content!).Items.Select(item => OtherMessages.ToMessage((BookContent)item)) } });

    public override Task<OpenBookResponse> OpenBook(OpenBookRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer =>
        {
            var opened = (BookContent)answer.Content!;
            var response = new OpenBookResponse { Book = OtherMessages.ToMessage(opened) };
            if (opened.Secret is { } secret)
                response.Secret = secret;
            return response;
        });
}
