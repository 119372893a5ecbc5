using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Kopeck.Statements.Laws.Tests.Naive;

/// <summary>What is asked for, in plain numbers: instants are microseconds.</summary>
sealed record Question(long? Wallet, long? Customer, string? Name, long? Since, long? Until, long Pin);

/// <summary>A statement computed from an exported journal, as rows of texts in the columns of the CSV.</summary>
static class NaiveStatement
{
    public const int Columns = 19;

    /// <summary>The rows; null where there is no such statement.</summary>
    public static List<string[]>? Draw(ExportedJournal journal, Question question)
    {
        var wallets = journal.Accounts.Where(
            account =>
                account.Kind == "wallet"
                    && account.Id <= question.Pin
                    && (account.Id == question.Wallet || account.Customer == question.Customer))
            .ToList();
        var customer = question.Customer ?? wallets.FirstOrDefault()?.Customer;
        if (customer is null || customer > question.Pin)
            return null;
        var covered = journal.Operations.Where(
            operation => operation.Number <= question.Pin && (question.Until is null || operation.Microseconds < question.Until))
            .ToList();
        var rows = new List<string[]>();
        BigInteger? all = 0;
        var lines = 0;
        foreach (var wallet in wallets)
        {
            var entries = covered.SelectMany(
                operation =>
                    operation.Entries.Index().Where(entry => entry.Item.Account == wallet.Id)
                        .Select(entry => (Operation: operation, Place: entry.Index, Entry: entry.Item))).ToList();
            var before = entries.Where(entry => question.Since is not null && entry.Operation.Microseconds < question.Since).ToList();
            var inside = entries.Skip(before.Count).ToList();
            var opening = Sum(before.Select(entry => entry.Entry.Amount));
            rows.Add(Balance("opening", wallet, opening));
            var worths = inside.ConvertAll(
                entry =>
                    journal.Quote(wallet.Currency, entry.Operation.Date, entry.Operation.Number) is { } quote
                        ? journal.Worth(entry.Entry.Amount, wallet.MinorUnits, quote.Units, quote.Base)
                        : (BigInteger?)null);
            var running = opening;
            foreach (var (entry, worth) in inside.Zip(worths))
                rows.Add(Line(journal, wallet, entry.Operation, entry.Place, running += entry.Entry.Amount, worth, question.Pin));
            var isQuoted = worths.TrueForAll(worth => worth is not null);
            foreach (var (name, chosen)
                in new (string, Func<BigInteger, bool>)[]
                {
                    ("credits", amount => amount >= 0),
                    ("debits", amount => amount < 0),
                    ("total", _ => true)
                })
            {
                var those = inside.Zip(worths).Where(pair => chosen(pair.First.Entry.Amount)).ToList();
                var row = Row(name, wallet);
                row[10] = ExportedJournal.Money(Sum(those.Select(pair => pair.First.Entry.Amount)), wallet.MinorUnits);
                row[16] =
                    journal.Money(those.TrueForAll(pair => pair.Second is not null) ? Sum(those.Select(pair => pair.Second!.Value)) : null);
                row[17] = Number(those.Count);
                rows.Add(row);
            }

            rows.Add(Balance("closing", wallet, running));
            // The last operation on a hold of the wallet says what all of them reserve.
            var held = covered.Select(operation => operation.Body.TryGetProperty("hold", out var hold) ? hold : default)
                .LastOrDefault(hold => hold.ValueKind == JsonValueKind.Object && hold.GetProperty("account").GetInt64() == wallet.Id);
            if (held.ValueKind == JsonValueKind.Object && held.GetProperty("heldMinor").GetInt64() is > 0 and var reserved)
                rows.Add(Balance("available", wallet, running - reserved));
            all = isQuoted && all is { } sum ? sum + Sum(worths.Select(worth => worth!.Value)) : null;
            lines += inside.Count;
        }

        rows.Add(End(journal, customer.Value, question.Pin, all, lines));
        return rows;
    }

    /// <summary>Text as a table shows it that a spreadsheet may open.</summary>
    public static string Neutral(string text) =>
        text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    static string[] Line(
        ExportedJournal journal, ExportedAccount wallet, ExportedOperation operation, int place, BigInteger balance, BigInteger? worth,
        long pin)
    {
        var row = Row("operation", wallet);
        row[3] = Number(operation.Number);
        row[4] = operation.At;
        row[5] = operation.Kind;
        // The ends of a leg's entries are its accounts: a pair, or a conversion's four.
        var leg = operation.LegAt(place);
        var party = journal.Accounts.First(account => account.Id == (wallet.Id == leg.From ? leg.To : leg.From));
        if (party.Kind is "wallet" or "internal")
        {
            row[6] = journal.Personal(party.Customer ?? -1, "name", pin) ?? party.Code ?? "";
            row[7] = journal.Personal(party.Customer ?? -1, "code", pin) ?? "";
            row[8] = Number(party.Id);
        }

        row[9] = operation.Description ?? "";
        row[10] = ExportedJournal.Money(operation.Entries[place].Amount, wallet.MinorUnits);
        if (leg.IsConverted)
        {
            var exchange = journal.RateOf(operation, leg);
            var other = OtherSide(operation, leg, place);
            row[11] = ExportedJournal.Money(BigInteger.Abs(other.Amount), other.MinorUnits);
            row[12] = other.Currency;
            row[13] = ExportedJournal.Text(exchange.GetProperty("rate"));
            row[14] = $"{exchange.GetProperty("from").GetString()}/{exchange.GetProperty("to").GetString()}";
        }

        row[15] = ExportedJournal.Money(balance, wallet.MinorUnits);
        row[16] = journal.Money(worth);
        row[18] = operation.Kind switch
        {
            "capture" => Number(operation.Body.GetProperty("hold").GetProperty("id").GetInt64()),
            "reversal" => Number(operation.Body.GetProperty("original").GetInt64()),
            _ => "",
        };
        return row;
    }

    static (BigInteger Amount, string Currency, int MinorUnits) OtherSide(ExportedOperation operation, ExportedLeg leg, int place)
    {
        if (operation.Kind != "reversal")
        {
            var entry = operation.Entries[leg.First + leg.Count - 1 - (place - leg.First)];
            return (entry.Amount, entry.Currency, entry.MinorUnits);
        }

        // The other side may be less than a minor unit, and have no entry.
        var said = operation.Body.GetProperty("legs")[leg.Index];
        var (side, amount) = operation.Entries[place].Account == leg.From ? ("to", "givenMinor") : ("from", "takenMinor");
        return (
            said.GetProperty(amount).GetInt64(), said.GetProperty(side + "Currency").GetString()!,
            said.GetProperty(side + "MinorUnits").GetInt32());
    }

    static string[] End(ExportedJournal journal, long customer, long pin, BigInteger? worth, int lines)
    {
        var drawn = journal.Operations[(int)pin - 1];
        var row = Row("statement", null);
        row[2] = journal.BaseCurrency;
        row[3] = Number(pin);
        row[4] = drawn.At;
        row[6] = journal.Personal(customer, "name", pin) ?? "";
        row[7] = journal.Personal(customer, "code", pin) ?? "";
        row[9] = drawn.Hash;
        row[16] = journal.Money(worth);
        row[17] = Number(lines);
        return row;
    }

    static string[] Balance(string name, ExportedAccount wallet, BigInteger balance)
    {
        var row = Row(name, wallet);
        row[15] = ExportedJournal.Money(balance, wallet.MinorUnits);
        return row;
    }

    static string[] Row(string name, ExportedAccount? wallet)
    {
        var row = new string[Columns];
        Array.Fill(row, "");
        row[0] = name;
        if (wallet is not null)
            (row[1], row[2]) = (Number(wallet.Id), wallet.Currency);
        return row;
    }

    static BigInteger Sum(IEnumerable<BigInteger> numbers) => numbers.Aggregate(BigInteger.Zero, BigInteger.Add);

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
