using System.Globalization;
using System.IO.Pipelines;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Mt940;

/// <summary>SWIFT MT940, the customer statement message, without the blocks of a network around it.</summary>
sealed class Mt940Statements : IStatementWriter
{
    public string Format => "mt940";

    public string MediaType => "application/vnd.swift.mt940; charset=us-ascii";

    public string Extension => "sta";

    // Pages are numbered with five digits, and three entries fit on a page whatever they say.
    public int? MaxLines => 250_000;

    public async ValueTask<Rejection?> CheckAsync(Statement statement, CancellationToken cancellationToken)
    {
        if (await WalletsOnly.CheckAsync(statement, Format, cancellationToken) is { } none)
            return none;
        await foreach (var section in statement.OpenSectionsAsync(cancellationToken))
        {
            var sums = await section.SummarizeAsync(cancellationToken);
            // No amount and no balance is more than all of them together: most statements need no closer look.
            if (FinMessages.Fits(Int128.Abs(section.Opening) + sums.Credits - sums.Debits))
                continue;
            if (!FinMessages.Fits(section.Opening))
                return TooLong($"The opening balance of wallet {section.Account.Account}");
            await foreach (var page in section.ReadPagesAsync(cancellationToken))
            {
                if (page.FirstOrDefault(line => !FinMessages.Fits(line.Amount) || !FinMessages.Fits(line.Balance)) is { } line)
                    return TooLong($"The amount of operation {line.Number}, or the balance of wallet {section.Account.Account} after it,");
            }
        }

        return null;
    }

    public async Task WriteAsync(Statement statement, StatementStyle style, PipeWriter output, CancellationToken cancellationToken)
    {
        // What the file says of itself stands at its end alone: after it, AqBanking takes the currency of the statement that follows from elsewhere.
        (FinMessages Messages, StatementSection Section)? last = null;
        await foreach (var section in statement.ReadSectionsAsync(cancellationToken))
        {
            if (last is { } before)
                before.Messages.Finish(before.Section.Closing, statement.Period.LastDay(), null);
            var messages = new FinMessages(output, StatementIds.Short(statement, section), StatementIds.Day(statement.Period), section.Account.Account, section.Currency);
            messages.Begin(section.Opening, statement.Period.Start.Date);
            await foreach (var page in section.ReadPagesAsync(cancellationToken))
            {
                foreach (var line in page)
                    messages.Entry(Movement(line, section.Currency), Information(line, style, statement.BaseCurrency), line.Balance - line.Amount, line.At.Date);
                await output.SendAsync(cancellationToken);
            }

            last = (messages, section);
        }

        if (last is { } end)
            end.Messages.Finish(end.Section.Closing, statement.Period.LastDay(), Notices.PinAndQuotes(statement, style.Language));
        await output.SendAsync(cancellationToken);
    }

    static Rejection TooLong(string what) =>
        new(ErrorCode.NotAcceptable, $"{what} has more than 14 digits, which MT940 has no room for: ask for a shorter period or another format");

    /// <summary>Field 61: value date, entry date, side, amount, type, the line's own reference and the operation's number.</summary>
    static string Movement(StatementLine line, Currency currency)
    {
        var type = line.Kind == OperationKind.Transfer ? line.Original is null ? "NTRF" : "NFEX" : "NMSC";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{line.At.Date:yyMMddMMdd}{(line.Amount < 0 ? 'D' : 'C')}{FinMessages.Amount(line.Amount, currency)}{type}{line.Number}.{line.Place}//{line.Number}");
    }

    /// <summary>Field 86, in code words; the description comes last, as it is what may be cut.</summary>
    static string Information(StatementLine line, StatementStyle style, Currency baseCurrency)
    {
        var party = line.Counterparty is { } other
            ? string.Create(CultureInfo.InvariantCulture, $"{((other.Name?.Value ?? other.Code?.Value) is { } name ? $"/NAME/{FinText.Value(name)}" : "")}/ACCT/{other.Account}")
            : null;
        var original = line.Original is { } exchange
            ? $"/OCMT/{exchange.Currency.Code}{FinMessages.Amount(exchange.AmountMinor, exchange.Currency)}{Rate(exchange)}"
            : null;
        var worth = line.Worth is { } value ? $"/WRTH/{baseCurrency.Code}{FinMessages.Amount(value, baseCurrency)}" : null;
        return $"{party}{original}{worth}/REMI/{FinText.Value(line.Description ?? style.Language.Name(line.Kind))}";
    }

    /// <summary>A rate has twelve characters, the comma among them.</summary>
    static string? Rate(OriginalAmount exchange) => RateText.Round(exchange.Rate, 11, 10) is { } rate
        ? $"/EXCH/{(rate.Contains('.', StringComparison.Ordinal) ? rate.Replace('.', ',') : rate + ",")}/{exchange.From}/{exchange.To}"
        : null;
}
