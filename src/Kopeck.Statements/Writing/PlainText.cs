using System.Globalization;
using Kopeck.Ledger.Accounts;

namespace Kopeck.Statements.Writing;

/// <summary>Numbers and days as programs read them, whatever the machine's language.</summary>
static class PlainText
{
    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A status as answers call it.</summary>
    public static string Of(AccountStatus status) =>
        status == AccountStatus.DebitsFrozen ? "debits_frozen" : Enum.GetName(status)!.ToLowerInvariant();

    /// <summary>ISO 8601.</summary>
    public static string Of(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
