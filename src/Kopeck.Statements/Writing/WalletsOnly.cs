using Kopeck.Ledger.Errors;
using Kopeck.Statements.Model;

namespace Kopeck.Statements.Writing;

/// <summary>Formats whose files are of one account or more.</summary>
static class WalletsOnly
{
    /// <summary>The refusal of a statement of a customer without wallets.</summary>
    public static async ValueTask<Rejection?> CheckAsync(Statement statement, string format, CancellationToken cancellationToken)
    {
        await foreach (var _ in statement.OpenSectionsAsync(cancellationToken))
            return null;
        return new Rejection(
            ErrorCode.NotAcceptable,
            $"The customer has no wallet, and a file in {format} is of one wallet or more: ask for another format");
    }
}
