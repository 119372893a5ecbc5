using Kopeck.Engine.Execution;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.Quotes.Feeds;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Quotes;

/// <summary>
/// Loads quotes: all is judged before anything is written, what is so already is left out, and the rest is written date by date, each
/// date whole or not at all, in turns short enough for the book's other writers. With a key each date has one made of it, as the items
/// of a batch have, so that a retry finds what was done and goes on after it.
/// </summary>
sealed class QuoteLoading(ILedgerStore store, TimeProvider time, Func<BookName, Submission, Task<BatchOutcome>> submit)
{
    // A turn of so many quotes takes some milliseconds.
    const int QuotesATurn = 1_024;

    const int KeysALook = 1_000;
    const int QuotesAPage = 1_000;

    /// <summary>Loads a feed's days, in the book's base currency.</summary>
    public ValueTask<QuoteLoadOutcome> ImportAsync(Caller caller, FeedContent feed, IdempotencyKey? key, bool isDryRun) =>
        TryAsync(() => ConvertAndLoadAsync(caller, feed, key, isDryRun));

    /// <summary>Loads the quotes of one date.</summary>
    public ValueTask<QuoteLoadOutcome> LoadAsync(Caller caller, LoadQuotes load, IdempotencyKey? key, bool isDryRun) =>
        TryAsync(() => LoadDateAsync(caller, load, key, isDryRun));

    static async ValueTask<QuoteLoadOutcome> TryAsync(Func<ValueTask<QuoteLoadOutcome>> load)
    {
        try
        {
            return await load().ConfigureAwait(false);
        }
        catch (StorageUnavailableException exception)
        {
            return Reject(ErrorCode.StorageUnavailable, exception.Message);
        }
    }

    async ValueTask<QuoteLoadOutcome> ConvertAndLoadAsync(Caller caller, FeedContent feed, IdempotencyKey? key, bool isDryRun)
    {
        if (await store.FindBookAsync(caller.Book, CancellationToken.None).ConfigureAwait(false) is not { } row)
            return Reject(ErrorCode.NotFound, $"There is no book {caller.Book}");
        var days = new List<LoadQuotes>(feed.Days.Count);
        var skipped = new Dictionary<string, SkippedFigure>(StringComparer.Ordinal);
        var source = QuoteSource.Parse(feed.Source);
        foreach (var day in feed.Days)
        {
            if (!FeedConversion.TryToBook(day, row.BaseCurrency, out var quotes, out var left, out var error))
                return Reject(error);
            foreach (var figure in left)
                skipped.TryAdd(figure.Currency, figure);
            if (quotes.Count > 0)
                days.Add(
                    new LoadQuotes(day.Date, [.. quotes.Select(quote => new LoadedQuote(quote.Currency, quote.Pair))]) { Source = source });
        }

        if (days.Count == 0)
            return Reject(new FieldError("empty_feed", "The feed has no quote that this book can use"));
        var outcome = await LoadDatesAsync(caller, row, days, key, isDryRun).ConfigureAwait(false);
        return outcome with { Skipped = [.. skipped.Values] };
    }

    async ValueTask<QuoteLoadOutcome> LoadDateAsync(Caller caller, LoadQuotes load, IdempotencyKey? key, bool isDryRun)
    {
        if (await store.FindBookAsync(caller.Book, CancellationToken.None).ConfigureAwait(false) is not { } row)
            return Reject(ErrorCode.NotFound, $"There is no book {caller.Book}");
        var outcome =
            new QuoteLoadOutcome { Source = load.Source, FirstDate = load.Date, LastDate = load.Date, Dates = 1, IsDryRun = isDryRun };
        var known = await ReadKnownAsync(row.Book, [load]).ConfigureAwait(false);
        var request = new Request { Command = load with { Same = known.SameAs(load) }, Key = key };
        var batch = await submit(caller.Book, new Submission(caller, [request], isAtomic: false, isDryRun)).ConfigureAwait(false);
        return Add(outcome, [load], batch);
    }

    async ValueTask<QuoteLoadOutcome> LoadDatesAsync(Caller caller, BookRow row, List<LoadQuotes> days, IdempotencyKey? key, bool isDryRun)
    {
        var today = row.Terms.Zone.DayOf(Later(Instant.From(time.GetUtcNow()), row.Head.At));
        foreach (var day in days)
        {
            if (QuoteDates.Check(day.Date, today) is { } error)
                return Reject(error);
        }

        // The keys and fingerprints are those of the whole feed, whatever of it has to be written.
        var whole =
            BatchIdentity.ToSubmission(caller, [.. days.Select(day => new Request { Command = day })], isAtomic: false, isDryRun, key);
        var done = await FindDoneAsync(row.Book, whole).ConfigureAwait(false);
        // One of them is enough to tell whether it was this feed, before anything is written.
        if (done.Place is { } place)
        {
            var again = await submit(caller.Book, Part(whole, [whole.Items[place]])).ConfigureAwait(false);
            if ((again.Rejection ?? again.Outcomes[0].Rejection) is { } reused)
                return QuoteLoadOutcome.Rejected(reused);
        }

        var known = await ReadKnownAsync(row.Book, days).ConfigureAwait(false);
        var outcome = new QuoteLoadOutcome
        {
            Source = days[0].Source,
            FirstDate = days[0].Date,
            LastDate = days[^1].Date,
            Dates = days.Count,
            IsDryRun = isDryRun,
            IsReplay = true,
        };
        var turn = new List<(LoadQuotes Day, Request Request)>();
        var waiting = 0;
        for (var index = 0; index < days.Count; index++)
        {
            var day = days[index];
            var request = whole.Items[index];
            var same = known.SameAs(day);
            if (same.Count == day.Quotes.Length && !(request.KeyDigest is { } digest && done.Keys.Contains(digest)))
            {
                outcome = outcome with { Unchanged = outcome.Unchanged + same.Count };
                continue;
            }

            turn.Add((day, request with { Command = day with { Same = same } }));
            waiting += day.Quotes.Length;
            if (waiting < QuotesATurn && index < days.Count - 1)
                continue;
            outcome = await TakeTurnAsync(caller, whole, outcome, turn).ConfigureAwait(false);
            if (outcome.Rejection is not null)
                return outcome;
            turn.Clear();
            waiting = 0;
        }

        outcome = turn.Count > 0 ? await TakeTurnAsync(caller, whole, outcome, turn).ConfigureAwait(false) : outcome;
        return outcome with { IsReplay = outcome is { IsReplay: true, Operations: > 0 } };
    }

    async ValueTask<QuoteLoadOutcome> TakeTurnAsync(
        Caller caller, Submission whole, QuoteLoadOutcome outcome, List<(LoadQuotes Day, Request Request)> turn)
    {
        var batch = await submit(caller.Book, Part(whole, [.. turn.Select(item => item.Request)])).ConfigureAwait(false);
        return Add(outcome, turn.ConvertAll(item => item.Day), batch);
    }

    static Submission Part(Submission whole, IReadOnlyList<Request> items) =>
        new(whole.Caller, items, isAtomic: false, whole.IsDryRun) { Batch = whole.Batch };

    static QuoteLoadOutcome Add(QuoteLoadOutcome outcome, IReadOnlyList<LoadQuotes> days, BatchOutcome batch)
    {
        if ((batch.Rejection ?? batch.Outcomes.FirstOrDefault(item => item.Rejection is not null)?.Rejection) is { } rejection)
            return QuoteLoadOutcome.Rejected(rejection);
        for (var index = 0; index < days.Count; index++)
        {
            var group = batch.Outcomes[index].Group;
            var written = group.Select(operation => operation.Body).OfType<QuotesLoaded>().Sum(body => body.Quotes.Length);
            outcome = outcome with
            {
                Loaded = outcome.Loaded + written,
                Unchanged = outcome.Unchanged + days[index].Quotes.Length - written,
                Operations = outcome.Operations + group.Count,
                Operation = group.Count > 0 ? group[^1].Number : outcome.Operation,
                IsReplay =
                    group.Count == 0 ? outcome.IsReplay : (batch.Outcomes[index].IsReplay && (outcome.IsReplay || outcome.Operations == 0)),
            };
        }

        return outcome;
    }

    /// <summary>Which of the items an earlier request with the same key did, and the place of one of them.</summary>
    async ValueTask<(HashSet<KeyDigest> Keys, int? Place)> FindDoneAsync(BookName book, Submission whole)
    {
        var done = new HashSet<KeyDigest>();
        int? place = null;
        for (var start = 0; start < whole.Items.Count && whole.Items[0].KeyDigest is not null; start += KeysALook)
        {
            var needs = new Needs();
            foreach (var item in whole.Items.Skip(start).Take(KeysALook))
                needs.Keys.Add(item.KeyDigest!.Value);
            done.UnionWith((await store.LookUpAsync(book, needs, CancellationToken.None).ConfigureAwait(false)).Facts.Keys.Keys);
        }

        for (var index = 0; index < whole.Items.Count && place is null && done.Count > 0; index++)
            place = whole.Items[index].KeyDigest is { } key && done.Contains(key) ? index : null;
        return (done, place);
    }

    async ValueTask<KnownQuotes> ReadKnownAsync(BookName book, IReadOnlyList<LoadQuotes> days)
    {
        var known = new KnownQuotes();
        var (first, last) = (days[0].Date, days[^1].Date);
        foreach (var currency in days.SelectMany(day => day.Quotes).Select(quote => quote.Currency).Distinct(StringComparer.Ordinal))
        {
            PageKey? next = null;
            do
            {
                var page = await store.ListQuotesAsync(
                    book, currency, first, last == DateOnly.MaxValue ? null : last.AddDays(1),
                    new PageRequest(next, IsAscending: true, QuotesAPage), CancellationToken.None)
                    .ConfigureAwait(false);
                foreach (var quote in page.Items)
                    known.Add(quote);
                next = page.Next;
            }
            while (next is not null);
        }

        return known;
    }

    static Instant Later(Instant left, Instant right) => left > right ? left : right;

    static QuoteLoadOutcome Reject(FieldError error) => QuoteLoadOutcome.Rejected(Rejection.InvalidFields(new FieldProblem("", error)));

    static QuoteLoadOutcome Reject(ErrorCode code, string detail) => QuoteLoadOutcome.Rejected(new Rejection(code, detail));
}
