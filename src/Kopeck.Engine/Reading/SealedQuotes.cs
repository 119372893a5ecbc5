using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;
using Microsoft.Extensions.Caching.Hybrid;

namespace Kopeck.Engine.Reading;

/// <summary>
/// An entry of the quote cache: an HMAC-SHA-256 (RFC 2104) over the entry's name and its content, then the content, a line a quote.
/// The name carries the journal's hashes, so a seal holds for one state of one journal and one day: an entry that was altered, cut,
/// made up or put under another name does not open.
/// </summary>
[ImmutableObject(true)]
sealed class SealedQuotes
{
    const char Separator = '\t';
    const int Columns = 6;

    IReadOnlyList<Quote>? opened;

    /// <summary>An entry as it came from elsewhere.</summary>
    public SealedQuotes(byte[] bytes) => Bytes = bytes;

    /// <summary>The seal and the content.</summary>
    public byte[] Bytes { get; }

    /// <summary>An entry with quotes that were read from the database.</summary>
    /// <param name="secret">Null for an entry that stays in memory.</param>
    public static SealedQuotes Seal(string name, Digest? secret, IReadOnlyList<Quote> quotes)
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(quotes.Select(Line)));
        var seal = secret is { } key ? MakeSeal(name, key, content) : new byte[Digest.Length];
        return new SealedQuotes([.. seal, .. content]) { opened = quotes };
    }

    /// <summary>The quotes, if the seal is whole.</summary>
    public bool TryOpen(string name, Digest? secret, out IReadOnlyList<Quote> quotes)
    {
        quotes = [];
        if (opened is not null)
        {
            quotes = opened;
            return true;
        }

        if (secret is not { } key || Bytes.Length < Digest.Length)
            return false;
        var content = Bytes.AsSpan(Digest.Length);
        if (!CryptographicOperations.FixedTimeEquals(MakeSeal(name, key, content), Bytes.AsSpan(0, Digest.Length))
            || !TryRead(Encoding.UTF8.GetString(content), out var read))
            return false;
        quotes = opened = read;
        return true;
    }

    static byte[] MakeSeal(string name, Digest secret, ReadOnlySpan<byte> content)
    {
        using var seal = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.ToBytes());
        seal.AppendData(Encoding.UTF8.GetBytes(name + "\n"));
        seal.AppendData(content);
        return seal.GetHashAndReset();
    }

    static string Line(Quote quote) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{quote.Currency}{Separator}{quote.Date:yyyy-MM-dd}{Separator}{quote.Revision}{Separator}{quote.Pair.Units}{Separator}{quote.Pair.Base}{Separator}{quote.Source.Value}\n");

    // Whole seals are made by nodes, but perhaps by nodes of another version: what this one cannot read it reads from the database.
    static bool TryRead(string content, out List<Quote> quotes)
    {
        quotes = [];
        foreach (var line in content.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(Separator, Columns);
            if (parts.Length != Columns
                || !DateOnly.TryParseExact(parts[1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
                || !QuotePair.TryParse(parts[3], parts[4], out var pair, out _)
                || !QuoteSource.TryParse(parts[5], out var source, out _))
                return false;
            quotes.Add(new Quote(parts[0], date, revision, pair, source));
        }

        return true;
    }
}

/// <summary>Entries as bytes. Whether they are to be trusted is decided when they are opened.</summary>
sealed class SealedQuotesSerializer : IHybridCacheSerializer<SealedQuotes>
{
    public SealedQuotes Deserialize(ReadOnlySequence<byte> source) => new(source.ToArray());

    public void Serialize(SealedQuotes value, IBufferWriter<byte> target) => target.Write(value.Bytes);
}
