using Grpc.Core;
using Kopeck.Server.Answers;
using Kopeck.Server.Grpc.Messages;
using Kopeck.V1;

namespace Kopeck.Server.Grpc.Services;

/// <summary>The API keys of a book.</summary>
sealed class KeyServices(GrpcCalls calls) : KeyService.KeyServiceBase
{
    public override Task<ListKeysResponse> ListKeys(ListKeysRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new ListKeysResponse { Items = { ((ListContent)answer.Content!).Items.Select(item => OtherMessages.ToMessage((KeyContent)item)) } });

    public override Task<CreateKeyResponse> CreateKey(CreateKeyRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer =>
        {
            var made = (KeyContent)answer.Content!;
            var response = new CreateKeyResponse { Key = OtherMessages.ToMessage(made) };
            if (made.Secret is { } secret)
                response.Secret = secret;
            return response;
        });

    public override Task<RevokeKeyResponse> RevokeKey(RevokeKeyRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new RevokeKeyResponse { Key = OtherMessages.ToMessage((KeyContent)answer.Content!) });
}
