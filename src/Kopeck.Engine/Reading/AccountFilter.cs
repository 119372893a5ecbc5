using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Reading;

/// <summary>Which accounts to list; null is any.</summary>
public sealed record AccountFilter(AccountKind? Kind = null, string? Currency = null, AccountCode? Code = null, long? Customer = null);
