using System.Globalization;
using Kopeck.Ledger;
using Kopeck.Ledger.Reference;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Pdf;

/// <summary>Whose a statement is and what it covers, as a page says it.</summary>
static class PdfFacts
{
    public static void Write(PdfFlow flow, Statement statement, Language language)
    {
        var period = statement.Period;
        PdfHead.Facts(
            flow,
            (statement.Customer is null ? language.Account : language.Customer, Who(statement, language)),
            (language.Address, Address(statement, language)),
            (
                language.Period,
                $"{language.Format(period.FirstDay)} – {language.Format(period.LastDay)}{(period.Zone.IsUtc ? " (UTC)" : $" ({period.Zone})")}"));
    }

    /// <summary>The customer with code and id; of an account that is nobody's, what it is.</summary>
    public static string Who(Statement statement, Language language)
    {
        if (statement.Customer is { } customer)
            return WholeText.Join(
                ", ", customer.Details?.Name.Value ?? language.Erased, customer.Details?.Code?.Value, PlainText.Of(customer.Id));
        var account = statement.Wallet!;
        return WholeText.Join(
            ", ", language.AccountKinds[account.Kind], account.Code?.Value, account.Currency.Code, PlainText.Of(account.Account));
    }

    /// <summary>Where it was drawn, which every page says.</summary>
    public static string Footer(Statement statement, Language language) =>
        $"{statement.Book}  ·  {language.DrawnAt} {PlainText.Of(statement.Pin.Number)}  ·  {Time(statement.Pin.At, statement.Zone, language)} {statement.Zone}  ·  {statement.Pin.Hash}";

    /// <summary>What clocks in a zone show, in the order of a language.</summary>
    public static string Time(Instant instant, DayZone zone, Language language)
    {
        var local = zone.Local(instant);
        return $"{language.Format(DateOnly.FromDateTime(local))} {local.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}";
    }

    static string? Address(Statement statement, Language language)
    {
        if (statement.Customer is not { Details: { } details } customer)
            return null;
        var country =
            Countries.TryFind(customer.Country.Value, out var known)
                ? language.Code == "ru"
                ? known.NameRu
                : known.Name
                : customer.Country.Value;
        return WholeText.Join(", ", details.City.ToString(), country);
    }
}
