using Kopeck.Api.Answers;
using Kopeck.Ledger.Commands;

namespace Kopeck.Api.Calls;

/// <summary>
/// Asks for something that writes one group of operations, alone, in a batch or in a stream. It needs a key; in a batch one can be made of
/// the batch's.
/// </summary>
public abstract record ItemRequest : CallRequest<OperationAnswer>
{
    /// <summary>The command that it is.</summary>
    internal abstract MoneyCommand ToCommand();

    /// <summary>Does one of them.</summary>
    internal static ValueTask<Result<OperationAnswer>> RunAsync(CallContext context, ItemRequest request) =>
        context.SubmitAsync(request.ToCommand(), request, OperationAnswer.Of);
}
