using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Rules;

namespace Kopeck.Parity.Tests.Driving;

/// <summary>The same salts in the same order for every driver.</summary>
public sealed class CountedSalts : ISaltSource
{
    int count;

    public Digest Next() =>
        new(
            SHA256.HashData(
                Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"salt {Interlocked.Increment(ref count)}"))));
}
