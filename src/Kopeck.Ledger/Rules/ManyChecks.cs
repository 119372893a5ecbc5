using Kopeck.Ledger.Errors;

namespace Kopeck.Ledger.Rules;

/// <summary>One check of several things, such as the legs of a posting.</summary>
static class ManyChecks
{
    /// <summary>What is wrong with the first thing with which something is; null when all are right.</summary>
    public static Rejection? First<T>(List<T> items, Func<T, Rejection?> check)
    {
        foreach (var item in items)
        {
            if (check(item) is { } rejection)
                return rejection;
        }

        return null;
    }
}
