using Kopeck.Embedded;

namespace Kopeck.TestHost;

/// <summary>
/// A fresh ledger inside a test, without a server: <c>await using var ledger = await TestLedger.OpenAsync();</c>
/// </summary>
public static class TestLedger
{
    /// <summary>Opens one; it is gone when it is disposed of.</summary>
    public static Task<KopeckLedger> OpenAsync(LedgerOptions? options = null, CancellationToken cancellationToken = default) =>
        KopeckLedger.OpenAsync(KopeckLedger.Memory, options, cancellationToken);
}
