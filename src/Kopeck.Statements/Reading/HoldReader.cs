using System.Runtime.CompilerServices;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.State;

namespace Kopeck.Statements.Reading;

/// <summary>
/// Reads the holds of an account that were open at the pin, newest first, in short pages, until all that is reserved is found.
/// </summary>
sealed class HoldReader(ILedgerReader reader, PinnedBook book)
{
    const int PageLength = 500;

    /// <param name="held">What all of them reserve, in minor units.</param>
    public async IAsyncEnumerable<IReadOnlyList<Hold>> ReadAsync(
        long account, long held, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pin = book.Pin.Number;
        var rest = held;
        PageKey? after = new PageKey(pin + 1);
        while (rest > 0 && after is not null)
        {
            var page = (await reader.ListHoldsAsync(
                book.Book, new HoldFilter(account), new PageRequest(after, IsAscending: false, PageLength), cancellationToken)).Value;
            var open = new List<Hold>();
            foreach (var hold in page.Items)
            {
                // What was closed until the pin is told by the list; what changed since is looked up as it was.
                var then = hold.Changed <= pin ? hold : (await reader.GetHoldAsync(book.Book, hold.Id, pin, cancellationToken)).Value;
                if (rest == 0 || then is not { IsOpen: true })
                    continue;
                open.Add(then);
                rest -= then.State.Remaining;
            }

            if (open.Count > 0)
                yield return open;
            after = page.Next;
        }

        if (rest != 0)
            throw new LedgerLawException($"The holds of account {account} reserve {held - rest} at operation {pin}, not {held}");
    }
}
