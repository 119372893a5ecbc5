using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Commands;

/// <summary>
/// The canonical form of a request: the name and the value of each member that is present, in a fixed order, each text as its length (4
/// bytes, big-endian) and its UTF-8 bytes, so that no two requests write the same bytes. What is absent is not written: a member that a
/// call gets later changes no old fingerprint. The form can never change; its version is in <see cref="Fingerprint"/>.
/// </summary>
public sealed class FingerprintWriter
{
    readonly ArrayBufferWriter<byte> buffer = new(256);

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => buffer.WrittenSpan;

    /// <summary>Adds a text; nothing where it is absent.</summary>
    /// <param name="name">The member's name in the call.</param>
    public FingerprintWriter Add(string name, string? text)
    {
        if (text is null)
            return this;
        Write(name);
        Write(text);
        return this;
    }

    /// <summary>Adds a whole number as decimal text.</summary>
    public FingerprintWriter Add(string name, long? number) => Add(name, number?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds an amount: what is worth the same is the same.</summary>
    public FingerprintWriter Add(string name, DecimalAmount? amount) => Add(name, amount?.Canonical);

    /// <summary>Adds a currency that is named, unless it is the one that counts when none is named.</summary>
    /// <param name="whenAbsent">The currency of the account that decides; null where the account does not exist.</param>
    public FingerprintWriter Add(string name, Currency? named, Currency? whenAbsent) =>
        named is { } currency && currency.Code != whenAbsent?.Code ? Add(name, currency.Code) : this;

    /// <summary>Adds the caller's own JSON by its meaning: members in any order are the same.</summary>
    public FingerprintWriter AddJson(string name, string? json) => json is null ? this : Add(name, JsonMeaning.Of(json));

    internal void Write(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32BigEndian(buffer.GetSpan(4), length);
        buffer.Advance(4);
        buffer.Advance(Encoding.UTF8.GetBytes(text, buffer.GetSpan(length)));
    }
}
