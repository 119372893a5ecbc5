using Kopeck.Api.Inputs;
using Kopeck.Ledger.Accounts;

namespace Kopeck.Api.Answers;

/// <summary>The words of accounts.</summary>
public static class AccountWords
{
    /// <summary>What accounts are for.</summary>
    public static Words<AccountKind> Kinds { get; } =
        new(
            ("wallet", AccountKind.Wallet),
            ("internal", AccountKind.Internal),
            ("cash", AccountKind.Cash),
            ("exchange", AccountKind.Exchange));

    /// <summary>What may still happen to them.</summary>
    public static Words<AccountStatus> Statuses { get; } =
        new(
            ("open", AccountStatus.Open),
            ("debits_frozen", AccountStatus.DebitsFrozen),
            ("frozen", AccountStatus.Frozen),
            ("closed", AccountStatus.Closed));

    /// <summary>What a freeze stops.</summary>
    public static Words<AccountStatus> Freezes { get; } = new(("debits", AccountStatus.DebitsFrozen), ("all", AccountStatus.Frozen));
}
