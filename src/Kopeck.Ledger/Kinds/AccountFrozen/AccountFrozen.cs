using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Kinds;

/// <summary>An account's debits, or all its movements, were stopped.</summary>
/// <param name="Status"><see cref="AccountStatus.DebitsFrozen"/> or <see cref="AccountStatus.Frozen"/>.</param>
public sealed record AccountFrozen(long Account, AccountStatus Status) : AccountBody(Account)
{
    const string All = "all";
    const string Debits = "debits";

    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.AccountFrozen;

    /// <summary>What was stopped: <c>debits</c> or <c>all</c>.</summary>
    public string What => Word(Status);

    internal static string Word(AccountStatus status) => status == AccountStatus.Frozen ? All : Debits;

    internal static AccountStatus ParseWord(string what) => what switch
    {
        All => AccountStatus.Frozen,
        Debits => AccountStatus.DebitsFrozen,
        _ => throw new FormatException($"{what} cannot be frozen"),
    };
}
