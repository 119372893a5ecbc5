using Kopeck.Engine.Reading;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Statements.Reading;

/// <summary>
/// The rates at which reversals take back that say no rate moved: their originals'. What one of those bought goes out at the quotes at
/// which it came in.
/// </summary>
sealed class OriginalRates(ILedgerReader reader, BookName book)
{
    const int MaxRates = 10_000;

    readonly Dictionary<(long Operation, int Leg), Exchange> rates = [];

    /// <summary>The rate of the operation that an entry's takes back.</summary>
    /// <exception cref="FormatException">It takes back nothing that was converted.</exception>
    public async ValueTask<Exchange> FindAsync(AccountEntry entry, CancellationToken cancellationToken)
    {
        var (number, leg) = (entry.Reverses, entry.ReversedLeg);
        while (number is { } original && leg is { } place)
        {
            if (rates.TryGetValue((original, place), out var known))
                return known;
            var body = (await reader.GetOperationAsync(book, original, cancellationToken))?.Body;
            if (ExchangeOf(body, place) is { } found)
                return Remember((original, place), found);
            (number, leg) = ((body as Reversed)?.Original, (body as Reversed)?.Legs[place].Leg);
        }

        throw new FormatException($"Operation {entry.Number} takes back what was not converted");
    }

    static Exchange? ExchangeOf(OperationBody? body, int leg) => body switch
    {
        Captured captured => captured.Legs[leg].Exchange,
        Reversed reversed => reversed.Legs[leg].Exchange,
        _ => body?.Exchange,
    };

    Exchange Remember((long, int) leg, Exchange exchange)
    {
        // An original is reversed in parts, and in both currencies.
        if (rates.Count >= MaxRates)
            rates.Clear();
        return rates[leg] = exchange;
    }
}
