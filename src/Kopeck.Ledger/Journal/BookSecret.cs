namespace Kopeck.Ledger.Journal;

/// <summary>
/// 32 random bytes of a book, from which the salts of its journal's leaves are made. Part of a full export, so that hashes can be checked;
/// it never leaves otherwise. <c>default</c> is all zeros: no book has it.
/// </summary>
public readonly record struct BookSecret
{
    /// <summary>The bytes of a secret.</summary>
    public const int Length = Journal.Digest.Length;

    readonly Digest bytes;

    /// <summary>A secret of random bytes.</summary>
    /// <param name="random">From the injected source of salts, or as stored.</param>
    public BookSecret(Digest random) => bytes = random;

    /// <summary>What the book's first operation says of it: SHA-256 over the secret, so that a wrong one is told as such.</summary>
    public Digest Digest
    {
        get
        {
            Span<byte> copy = stackalloc byte[Length];
            bytes.CopyTo(copy);
            return Journal.Digest.Of(copy);
        }
    }

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> destination) => bytes.CopyTo(destination);

    /// <summary>The 32 bytes, to be stored.</summary>
    public byte[] ToBytes() => bytes.ToBytes();

    /// <summary>64 lower-case hexadecimal digits, for an export.</summary>
    public string Reveal() => bytes.ToString();

    /// <summary>Says nothing: records that hold a secret may be logged.</summary>
    public override string ToString() => "(secret)";
}
