using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.State;

namespace Kopeck.Api.Calls;

/// <summary>Asks to open a book.</summary>
public sealed record OpenBookRequest : CallRequest<BookAnswer>
{
    static readonly KeyName AdministratorKey = KeyName.Parse("admin");

    static readonly Call Definition = new Call<OpenBookRequest, BookAnswer>(
        "POST", "/v1/books", "Opens a book; its administrator's key is shown this once", RunAsync)
    {
        IsOperators = true,
        BodyKind = BodyKind.Json,
        BodyName = "OpenBook",
        Success = 201,
        AnswerSchema = "NewBook",
        Body = take =>
        [
            take.Text<BookName>("name", "The book's name", r => r.Name, (r, name) => r.Name = name, isRequired: true),
            take.Currency(
                "baseCurrency",
                "What quotes are in; the server's if left out",
                r => r.BaseCurrency,
                (r, currency) => r.BaseCurrency = currency),
            take.WholeNumber(
                "quoteMaxAgeDays",
                "For how long a quote may be used; the server's if left out",
                FieldTypes.QuoteMaxAgeDays,
                r => r.QuoteMaxAgeDays,
                (r, days) => r.QuoteMaxAgeDays = days),
            take.Text<ZoneName>(
                "timeZone", Describe.TimeZone + "; the server's if left out", r => r.TimeZone, (r, zone) => r.TimeZone = zone),
        ],
    };

    /// <summary>Its name.</summary>
    public LedgerText<BookName> Name { get; set; }

    /// <summary>What quotes are in; the instance's if left out.</summary>
    public LedgerCurrency BaseCurrency { get; set; }

    /// <summary>For how many days a quote may be used; the instance's if left out.</summary>
    public long? QuoteMaxAgeDays { get; set; }

    /// <summary>Whose days count, such as <c>Europe/Berlin</c>; the instance's if left out.</summary>
    public LedgerText<ZoneName> TimeZone { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<BookAnswer>> RunAsync(CallContext context, OpenBookRequest request)
    {
        var (engine, book) = (context.Api.Engine, request.Name.Value);
        var currency = request.BaseCurrency.OrNull ?? context.Api.Options.BaseCurrency;
        var usual = context.Api.Options.Terms;
        var terms = new BookTerms((int)(request.QuoteMaxAgeDays ?? usual.QuoteMaxAgeDays), request.TimeZone.OrNull ?? usual.TimeZone);
        if (DayZone.Check(terms.TimeZone) is { } wrongZone)
            return Rejection.InvalidFields(new FieldProblem("/timeZone", wrongZone));
        if (request.DryRun)
        {
            var taken = await engine.FindTakenAsync(book, context.Cancelled).ConfigureAwait(false);
            if (taken is not null)
                return taken;
            return Result<BookAnswer>.Of(
                new BookAnswer(book.Value, currency.Code, terms.QuoteMaxAgeDays, terms.TimeZone.Value)) with
            { IsDryRun = true };
        }

        var key = context.Api.Keys.Make(book, AdministratorKey, Scopes.Admin);
        var outcome = await engine.OpenBookAsync(book, currency, terms, context.Who.Name, key.Key).ConfigureAwait(false);
        if (outcome.Rejection is { } rejection)
            return rejection;
        var row = await engine.Store.FindBookAsync(book, CancellationToken.None).ConfigureAwait(false);
        return BookAnswer.Of(row!, key.Secret);
    }
}
