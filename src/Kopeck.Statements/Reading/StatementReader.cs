using System.Runtime.CompilerServices;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;

namespace Kopeck.Statements.Reading;

/// <summary>Draws statements from a store. Nothing but the header is read until the sections are.</summary>
public sealed class StatementReader(ILedgerStore store, TimeProvider time)
{
    const int MaxCandidates = 20;
    const int WalletPage = 100;

    // One sum stays short, whatever the account: an account has at most as many entries as operations, times its legs.
    const long SumRange = 250_000;

    /// <summary>Finds what a statement is of and pins it.</summary>
    public async Task<StatementOutcome> OpenAsync(StatementRequest request, CancellationToken cancellationToken)
    {
        var (book, rejection) = await Pins.FindAsync(store, request.Book, request.At, time, cancellationToken);
        if (book is null)
            return StatementOutcome.Reject(rejection!);
        var zone = request.Zone ?? book.Zone;
        if (Pins.IsBackwards(request.Since, request.Until, zone, out var backwards))
            return StatementOutcome.Reject(backwards);

        Party? wallet = null;
        Customer? customer;
        switch (request.Subject)
        {
            case StatementSubject.OfWallet(var id):
                wallet = id <= book.Pin.Number ? await FindPartyAsync(book, id, cancellationToken) : null;
                if (wallet is not { Kind: AccountKind.Wallet, Customer: { } owner })
                    return StatementOutcome.NotFound($"wallet {id}{At(request)}");
                customer = await store.GetCustomerAsOfAsync(book.Book, owner, book.Pin.Number, cancellationToken);
                break;
            case StatementSubject.OfAccount(var id):
                wallet = id <= book.Pin.Number ? await FindPartyAsync(book, id, cancellationToken) : null;
                if (wallet is null)
                    return StatementOutcome.NotFound($"account {id}{At(request)}");
                customer =
                    wallet.Customer is { } holder
                        ? await store.GetCustomerAsOfAsync(book.Book, holder, book.Pin.Number, cancellationToken)
                        : null;
                break;
            case StatementSubject.OfCustomer(var id):
                customer = await store.GetCustomerAsOfAsync(book.Book, id, book.Pin.Number, cancellationToken);
                break;
            case StatementSubject.OfName(var name):
                var found = await FindByNameAsync(book, name, cancellationToken);
                if (found.Count > 1)
                    return StatementOutcome.Reject(await AmbiguousAsync(book, found, cancellationToken));
                customer =
                    found.Count == 0 ? null : await store.GetCustomerAsOfAsync(book.Book, found[0], book.Pin.Number, cancellationToken);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(request), request.Subject, "unknown subject");
        }

        if (customer is null && wallet is not { Customer: null })
            return StatementOutcome.NotFound(
                $"{(request.Subject is StatementSubject.OfName ? "customer of this name" : "such customer")}{At(request)}");
        var period = await Pins.CoverAsync(store, book, request.Since, request.Until, zone, cancellationToken);
        return StatementOutcome.Of(new Statement(
            cancelled => SectionsAsync(book, period, customer, wallet, request, cancelled), new SectionTotals())
        {
            Book = book.Book,
            BaseCurrency = book.BaseCurrency,
            Pin = book.Pin,
            Period = period,
            Customer = customer,
            Wallet = wallet,
            WithHolds = request.WithHolds,
        });
    }

    static string At(StatementRequest request) => request.At is null ? "" : " at that point";

    async Task<Rejection> AmbiguousAsync(PinnedBook book, IReadOnlyList<long> found, CancellationToken cancellationToken)
    {
        var candidates = new List<NameCandidate>(MaxCandidates);
        foreach (var id in found.Take(MaxCandidates).Order())
        {
            // Erased since it was found: nobody's name any more.
            if (await store.GetCustomerAsOfAsync(book.Book, id, book.Pin.Number, cancellationToken) is { Details: { } details } customer)
                candidates.Add(
                    new NameCandidate(id, details.Name.Value, details.Code?.Value, customer.Country.Value, details.City.ToString()));
        }

        return new Rejection(
            ErrorCode.AmbiguousName,
            $"{(found.Count > MaxCandidates ? "More than " : "")}{Math.Min(found.Count, MaxCandidates)} customers have this name: ask for one by id")
        { Candidates = [.. candidates] };
    }

    // A whole name wins over the beginning of others. As of the pin, like all that a statement says.
    async Task<IReadOnlyList<long>> FindByNameAsync(PinnedBook book, string name, CancellationToken cancellationToken)
    {
        var exact =
            await store.FindCustomersByNameAsync(book.Book, name, isPrefix: false, book.Pin.Number, MaxCandidates + 1, cancellationToken);
        return exact.Count > 0
            ? exact
            : await store.FindCustomersByNameAsync(book.Book, name, isPrefix: true, book.Pin.Number, MaxCandidates + 1, cancellationToken);
    }

    async IAsyncEnumerable<StatementSection> SectionsAsync(
        PinnedBook book, StatementPeriod period, Customer? customer, Party? wallet, StatementRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parties = new PartyBook(store, book.Book, book.Pin.Number);
        if (wallet is not null)
        {
            yield return await SectionAsync(book, period, parties, wallet, request, cancellationToken);
            yield break;
        }

        PageKey? after = null;
        do
        {
            var page = (
                await store.ListAccountsAsync(
                    book.Book, new AccountFilter(Customer: customer!.Id), new PageRequest(after, IsAscending: true, WalletPage),
                    cancellationToken)).Value;
            var wallets = await store.ReadPartiesAsync(
                book.Book, [.. page.Items.Select(account => account.Id).Where(id => id <= book.Pin.Number)], book.Pin.Number,
                cancellationToken);
            foreach (var party in wallets.OrderBy(party => party.Account))
                yield return await SectionAsync(book, period, parties, party, request, cancellationToken);
            after = page.Next;
        }
        while (after is not null);
    }

    async Task<StatementSection> SectionAsync(
        PinnedBook book, StatementPeriod period, PartyBook parties, Party wallet, StatementRequest request,
        CancellationToken cancellationToken)
    {
        var now = (await store.GetAccountAsync(book.Book, wallet.Account, book.Pin.Number, cancellationToken)).Value;
        var end = (await store.GetAccountAsync(book.Book, wallet.Account, period.To, cancellationToken)).Value;
        var lines = new LineReader(store, book, period, parties, request.OnPage);
        return new StatementSection(
            lines.ReadAsync, cancelled => SumAsync(book, period, wallet.Account, cancelled),
            (closing, cancelled) => WorthAsync(book, period, wallet, closing, cancelled))
        {
            Account = wallet,
            Opening = await BalanceAsync(book, wallet.Account, period.From, cancellationToken),
            Closing = end?.Posted ?? 0,
            Held = end?.Held ?? 0,
            Status = now?.Status ?? AccountStatus.Open,
            ReadHoldsAsync = request.WithHolds
                ? cancelled => new HoldReader(store, book).ReadAsync(wallet.Account, now?.Held ?? 0, cancelled)
                : null,
        };
    }

    async Task<Party?> FindPartyAsync(PinnedBook book, long account, CancellationToken cancellationToken)
    {
        var found = await store.ReadPartiesAsync(book.Book, [account], book.Pin.Number, cancellationToken);
        return found.Count > 0 ? found[0] : null;
    }

    async Task<long> BalanceAsync(PinnedBook book, long account, long number, CancellationToken cancellationToken) =>
        (await store.GetAccountAsync(book.Book, account, number, cancellationToken)).Value?.Posted ?? 0;

    /// <summary>
    /// What a closing balance is worth at the quote of the period's last day that was loaded before the pin; null where there was none.
    /// </summary>
    async Task<Int128?> WorthAsync(PinnedBook book, StatementPeriod period, Party wallet, long closing, CancellationToken cancellationToken)
    {
        var quote = await new QuoteTimeline(store, book, wallet.Currency.Code)
            .FindQuoteAsync(period.LastDay, book.Pin.Number + 1, cancellationToken);
        return quote is { } known ? Conversion.Worth(closing, wallet.Currency, known.Pair, book.BaseCurrency) : null;
    }

    /// <summary>How many lines a statement has: for formats that hold no more than so many.</summary>
    public static async Task<long> CountLinesAsync(Statement statement, CancellationToken cancellationToken)
    {
        long count = 0;
        await foreach (var section in statement.OpenSectionsAsync(cancellationToken))
        {
            var sums = await section.SummarizeAsync(cancellationToken);
            count += sums.CreditCount + sums.DebitCount;
        }

        return count;
    }

    async Task<EntrySums> SumAsync(PinnedBook book, StatementPeriod period, long account, CancellationToken cancellationToken)
    {
        var sums = default(EntrySums);
        for (var from = period.From; from < period.To; from += SumRange)
            sums = sums.Plus(
                (await store.SumEntriesAsync(book.Book, [account], from, Math.Min(from + SumRange, period.To), cancellationToken))
                    .GetValueOrDefault(account));
        return sums;
    }
}
