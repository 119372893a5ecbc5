using System.Globalization;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;
using Kopeck.Statements.Reading;
using Kopeck.Statements.Reports;

namespace Kopeck.Statements.Writing;

/// <summary>What files with statements are called.</summary>
public static class FileNames
{
    const int MaxLetters = 40;

    /// <summary>
    /// An ASCII name that says which statement it is: <c>statement-main-wallet-13-since-2026-02-01-until-2026-03-01-at-42.csv</c>.
    /// </summary>
    public static string Ascii(Statement statement, string extension) => string.Create(
        CultureInfo.InvariantCulture,
        $"statement-{statement.Book}-{Subject(statement)}{Asked(statement.Period)}-at-{statement.Pin.Number}.{extension}");

    static string Subject(Statement statement) => statement.Wallet is { } account
        ? string.Create(CultureInfo.InvariantCulture, $"{(account.Kind == AccountKind.Wallet ? "wallet" : "account")}-{account.Account}")
        : string.Create(CultureInfo.InvariantCulture, $"customer-{statement.Customer?.Id}");

    /// <summary>An ASCII name that says which report it is: <c>trial-balance-main-at-42.csv</c>.</summary>
    public static string Ascii(Report report, string extension) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Name}-{report.Book}{Asked(report.Period)}{(report.Date is { } date ? $"-{date:yyyy-MM-dd}" : "")}-at-{report.Pin.Number}.{extension}");

    /// <summary>An ASCII name that says which book it is: <c>hledger-main-at-42.journal</c>.</summary>
    public static string Ascii(PinnedBook book, string format, string extension) =>
        string.Create(CultureInfo.InvariantCulture, $"{format}-{book.Book}-at-{book.Pin.Number}.{extension}");

    /// <summary>A name for people: the report's title, the book and the period or day.</summary>
    public static string Friendly(Report report, Language language, string extension)
    {
        var days = report.Period is { } period
            ? string.Create(CultureInfo.InvariantCulture, $"{period.FirstDay:yyyy-MM-dd} {period.LastDay:yyyy-MM-dd}")
            : (report.Date ?? report.Pin.At.Date).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"{language.Titles[report.Name]} {report.Book} {days}.{extension}";
    }

    // What was asked for: an open end has no date of its own, and the pin is in the name.
    static string Asked(StatementPeriod? period) =>
        (period?.Since is { } since ? "-since-" + Day(since) : "") + (period?.Until is { } until ? "-until-" + Day(until) : "");

    static string Day(Instant instant) => instant == Instant.From(instant.Date)
        ? instant.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : instant.ToString().Replace(':', '-');

    /// <summary>
    /// A name for people: the customer's with the id, the wallet's currency and id, and the first and last day; without characters that
    /// file systems refuse.
    /// </summary>
    public static string Friendly(Statement statement, Language language, string extension)
    {
        var id = statement.Customer is { } customer ? string.Create(CultureInfo.InvariantCulture, $" {customer.Id}") : "";
        var who = Cut(
            LegalForms.Shorten(statement.Customer?.Details?.Name.Value ?? (id.Length > 0 ? language.Customer : statement.Book.Value))) + id;
        var what =
            statement.Wallet is { } wallet ? string.Create(CultureInfo.InvariantCulture, $" {wallet.Currency.Code} {wallet.Account}") : "";
        var days =
            string.Create(CultureInfo.InvariantCulture, $"{statement.Period.FirstDay:yyyy-MM-dd} {statement.Period.LastDay:yyyy-MM-dd}");
        var name = $"{language.Statement} {who}{what} {days}";
        return string.Concat(
            name.Select(
                letter => letter is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' || char.IsControl(letter) ? '_' : letter))
            + "." + extension;
    }

    // File systems take 255 bytes, and a letter may have four.
    static string Cut(string name) => name.Length <= MaxLetters ? name : string.Concat(name.EnumerateRunes().Take(MaxLetters));

    /// <summary>
    /// The header Content-Disposition (RFC 6266): a plain name, and the friendly one in UTF-8 (RFC 8187, which RFC 5987 was).
    /// </summary>
    public static string Disposition(string ascii, string friendly) =>
        $"attachment; filename=\"{ascii}\"; filename*=UTF-8''{Uri.EscapeDataString(friendly)}";
}
