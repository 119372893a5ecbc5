using Kopeck.Ledger.Accounts;

namespace Kopeck.Engine.Storage;

/// <summary>A row of <c>account_changes</c>.</summary>
public readonly record struct AccountChangeRow(long Account, long Number, AccountStatus Status, long? Floor);
