using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kopeck.Statements.Model;

namespace Kopeck.Statements.Writing;

/// <summary>
/// What banks' formats call a statement by. Importers drop what they have seen, so everything that a statement covers is in it: the pin,
/// whose it is and the period.
/// </summary>
static class StatementIds
{
    const int DigestLength = 12;

    /// <summary>
    /// The number of the pin and a digest, in at most 32 characters: of the whole file, or of one wallet's statement in it.
    /// </summary>
    public static string Long(Statement statement, StatementSection? section = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{statement.Pin.Number}-{Digest(statement, section)[..DigestLength]}");

    /// <summary>A digest of 16 characters, for one wallet's statement.</summary>
    public static string Short(Statement statement, StatementSection section) => Digest(statement, section)[..16];

    /// <summary>A number of at most five digits, other for each first day of a period: its day since 1970-01-01, which is 1.</summary>
    public static int Day(StatementPeriod period) =>
        ((period.FirstDay.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) % 99_999) + 1;

    static string Digest(Statement statement, StatementSection? section)
    {
        var of =
            section is null
                ? (statement.Wallet is { } wallet ? $"file of wallet {wallet.Account}" : $"file of customer {statement.Customer?.Id}")
                : $"wallet {section.Account.Account}";
        var period = statement.Period;
        var covered = string.Create(
            CultureInfo.InvariantCulture,
            $"{statement.Book} {statement.Pin.Hash} {of} {period.Start} {period.End} {period.From} {period.To} {period.Zone}");
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(covered)));
    }
}
