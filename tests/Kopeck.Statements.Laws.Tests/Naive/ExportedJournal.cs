using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Kopeck.Statements.Laws.Tests.Naive;

sealed record ExportedEntry(long Account, string Currency, int MinorUnits, BigInteger Amount, BigInteger Balance);

sealed record ExportedOperation(
    long Number, string Kind, long Microseconds, string At, string Hash, JsonElement Body, IReadOnlyList<ExportedEntry> Entries,
    JsonElement? Personal)
{
    public string Date => At[..10];

    public string? Description => Body.TryGetProperty("description", out var description) ? description.GetString() : null;

    /// <summary>What it consists of, in the order of the entries: movements of one amount, each perhaps converted.</summary>
    public IReadOnlyList<ExportedLeg> Legs { get; } = Kind switch
    {
        _ when Entries.Count == 0 => [],
        "capture" => OfBody(Body, isBackwards: false),
        "reversal" => OfBody(Body, isBackwards: true),
        _ when Body.TryGetProperty("exchange", out var exchange) =>
            [new ExportedLeg(0, 0, 4, Entries[0].Account, Entries[3].Account, true, exchange)],
        _ =>
        [
            .. Enumerable.Range(0, Entries.Count / 2).Select(pair =>
                new ExportedLeg(pair, 2 * pair, 2, Entries[2 * pair].Account, Entries[2 * pair + 1].Account, false, null)),
        ],
    };

    /// <summary>The leg of an entry.</summary>
    public ExportedLeg LegAt(int place) => Legs.First(leg => place >= leg.First && place < leg.First + leg.Count);

    static List<ExportedLeg> OfBody(JsonElement body, bool isBackwards)
    {
        var legs = new List<ExportedLeg>();
        var first = 0;
        var all = body.GetProperty("legs").EnumerateArray().Index().ToList();
        if (isBackwards)
            all.Reverse();
        foreach (var (index, leg) in all)
        {
            var from = (isBackwards ? leg.GetProperty("from") : body.GetProperty("hold").GetProperty("account")).GetInt64();
            JsonElement? exchange = leg.TryGetProperty("exchange", out var said) && said.ValueKind == JsonValueKind.Object ? said : null;
            var isConverted = isBackwards
                ? leg.GetProperty("fromCurrency").GetString() != leg.GetProperty("toCurrency").GetString()
                : exchange is not null;
            // A reversal of the last crumb of a conversion may move one side alone.
            int EntriesOf(string side) => leg.GetProperty(side).GetInt64() > 0 ? 2 : 0;
            var count = !isConverted ? 2 : EntriesOf("takenMinor") + EntriesOf("givenMinor");
            legs.Add(new ExportedLeg(index, first, count, from, leg.GetProperty("to").GetInt64(), isConverted, exchange));
            first += count;
        }

        return legs;
    }
}

/// <summary>A movement within an operation.</summary>
/// <param name="Index">Its place among the legs of the body.</param>
/// <param name="First">The place of its first entry.</param>
/// <param name="Count">How many entries it has.</param>
/// <param name="Exchange">How it was converted, where the operation itself says so.</param>
sealed record ExportedLeg(int Index, int First, int Count, long From, long To, bool IsConverted, JsonElement? Exchange);

sealed record ExportedAccount(long Id, string Kind, long? Customer, string Currency, int MinorUnits, string? Code);

/// <summary>A book from nothing but its exported journal, in the plainest way: lists that are searched from one end to the other.</summary>
sealed class ExportedJournal
{
    const int RateDecimals = 14;

    public ExportedJournal(Stream export)
    {
        using var lines = new StreamReader(export);
        Operations = [.. Lines(lines).Select(Read)];
        var opening = Operations[0].Body;
        BaseCurrency = opening.GetProperty("baseCurrency").GetString()!;
        BaseMinorUnits = opening.GetProperty("minorUnits").GetInt32();
        QuoteMaxAgeDays = opening.GetProperty("quoteMaxAgeDays").GetInt32();
        Accounts = [.. Operations.Where(operation => operation.Kind == "account_opened").Select(operation => new ExportedAccount(
            operation.Number,
            operation.Body.GetProperty("kind").GetString()!,
            operation.Body.TryGetProperty("customer", out var customer) ? customer.GetInt64() : null,
            operation.Body.GetProperty("currency").GetString()!,
            operation.Body.GetProperty("minorUnits").GetInt32(),
            operation.Body.TryGetProperty("code", out var code) ? code.GetString() : null))];
    }

    public IReadOnlyList<ExportedOperation> Operations { get; }

    public IReadOnlyList<ExportedAccount> Accounts { get; }

    public string BaseCurrency { get; }

    public int BaseMinorUnits { get; }

    public int QuoteMaxAgeDays { get; }

    /// <summary>The last value of a customer's field as of a number; null where there is none, or where it was erased.</summary>
    public string? Personal(long? customer, string field, long pin)
    {
        var last = Operations.LastOrDefault(
            operation => operation.Number <= pin && operation.Personal is not null && CustomerOf(operation) == customer);
        return last?.Personal?.GetProperty("values").TryGetProperty(field, out var value) == true ? value.GetString() : null;
    }

    public static long CustomerOf(ExportedOperation operation) =>
        operation.Kind == "customer_registered" ? operation.Number : operation.Body.GetProperty("customer").GetInt64();

    /// <summary>At which rate a leg was converted: a reversal that says none moved at that of what it reverses.</summary>
    public JsonElement RateOf(ExportedOperation operation, ExportedLeg leg)
    {
        if (leg.Exchange is { } said)
            return said;
        var original = Operations[(int)operation.Body.GetProperty("original").GetInt64() - 1];
        var reversed = operation.Body.GetProperty("legs").EnumerateArray().ElementAt(leg.Index).GetProperty("leg").GetInt32();
        return RateOf(original, original.Legs.First(one => one.Index == reversed));
    }

    /// <summary>
    /// The quote on a date among those loaded before a number: the newest by date, then revision, of those that are not too old.
    /// </summary>
    public (string Units, string Base, string Date)? Quote(string currency, string date, long before)
    {
        if (currency == BaseCurrency)
            return ("1", "1", date);
        var oldest = DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(-QuoteMaxAgeDays)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (string Units, string Base, string Date)? found = null;
        foreach (var load in Operations.Where(operation => operation.Kind == "quotes_loaded" && operation.Number < before))
        {
            var day = load.Body.GetProperty("date").GetString()!;
            foreach (var quote
                in load.Body.GetProperty("quotes").EnumerateArray().Where(quote => quote.GetProperty("currency").GetString() == currency))
            {
                // Loads come in the order of their revisions: a later one of the same date supersedes.
                if (string.CompareOrdinal(day, date) <= 0
                    && string.CompareOrdinal(day, oldest) >= 0
                    && (found is null || string.CompareOrdinal(day, found.Value.Date) >= 0))
                    found = (Text(quote.GetProperty("units")), Text(quote.GetProperty("base")), day);
            }
        }

        return found;
    }

    /// <summary>An amount's worth in minor units of the base currency, rounded half-even once.</summary>
    public BigInteger Worth(BigInteger amount, int minorUnits, string units, string worth) =>
        HalfEven(amount * Scaled(worth) * BigInteger.Pow(10, BaseMinorUnits), Scaled(units) * BigInteger.Pow(10, minorUnits));

    /// <summary>What one unit is worth, in ten significant digits.</summary>
    public static string Rate(string units, string worth)
    {
        var decimals = 60;
        BigInteger digits;
        do
        {
            decimals--;
            digits = Scaled(worth) * BigInteger.Pow(10, decimals + 40) / (Scaled(units) * BigInteger.Pow(10, 40));
        }
        while (digits >= BigInteger.Pow(10, 10));
        digits = HalfEven(Scaled(worth) * BigInteger.Pow(10, decimals), Scaled(units));
        var text = digits.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        return text.Insert(text.Length - decimals, ".").TrimEnd('0').TrimEnd('.');
    }

    public static BigInteger HalfEven(BigInteger numerator, BigInteger denominator)
    {
        if (denominator < 0)
            (numerator, denominator) = (-numerator, -denominator);
        var below = (numerator - (((numerator % denominator) + denominator) % denominator)) / denominator;
        return (2 * (numerator - (below * denominator))).CompareTo(denominator) switch
        {
            < 0 => below,
            > 0 => below + 1,
            _ => below.IsEven ? below : below + 1,
        };
    }

    public static string Money(BigInteger minor, int minorUnits)
    {
        var digits = BigInteger.Abs(minor).ToString(CultureInfo.InvariantCulture).PadLeft(minorUnits + 1, '0');
        return (minor.Sign < 0 ? "-" : "") + (minorUnits == 0 ? digits : digits.Insert(digits.Length - minorUnits, "."));
    }

    public string Money(BigInteger? baseMinor) => baseMinor is { } minor ? Money(minor, BaseMinorUnits) : "";

    public static string Text(JsonElement value) => value.GetRawText().Trim('"');

    static BigInteger Scaled(string rate)
    {
        var parts = rate.Split('.');
        return BigInteger.Parse(parts[0] + (parts.Length > 1 ? parts[1] : "").PadRight(RateDecimals, '0'), CultureInfo.InvariantCulture);
    }

    static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    static ExportedOperation Read(string line)
    {
        var json = JsonElement.Parse(line);
        return new ExportedOperation(
            json.GetProperty("number").GetInt64(),
            json.GetProperty("kind").GetString()!,
            json.GetProperty("atMicroseconds").GetInt64(),
            json.GetProperty("at").GetString()!,
            json.GetProperty("hash").GetString()!,
            JsonElement.Parse(json.GetProperty("body").GetString()!),
            [.. json.GetProperty("entries").EnumerateArray().Select(entry => new ExportedEntry(
                entry.GetProperty("account").GetInt64(),
                entry.GetProperty("currency").GetString()!,
                entry.GetProperty("minorUnits").GetInt32(),
                BigInteger.Parse(entry.GetProperty("amountMinor").GetString()!, CultureInfo.InvariantCulture),
                BigInteger.Parse(entry.GetProperty("balanceMinor").GetString()!, CultureInfo.InvariantCulture)))],
            json.TryGetProperty("personal", out var personal) && personal.ValueKind == JsonValueKind.Object ? personal : null);
    }
}
