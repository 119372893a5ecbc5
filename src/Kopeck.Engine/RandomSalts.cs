using System.Security.Cryptography;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Rules;

namespace Kopeck.Engine;

/// <summary>Salts from the operating system's cryptographic random source.</summary>
public sealed class RandomSalts : ISaltSource
{
    /// <inheritdoc/>
    public Digest Next()
    {
        Span<byte> bytes = stackalloc byte[Digest.Length];
        RandomNumberGenerator.Fill(bytes);
        return new Digest(bytes);
    }
}
