using System.Globalization;
using System.IO.Pipelines;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Mt940;

/// <summary>SWIFT MT940, the customer statement message, without the blocks of a network around it.</summary>
/// <param name="information">What field 86 says.</param>
sealed class Mt940Statements(IEntryInformation information) : IStatementWriter
{
    const int MaxAccount = 35;

    public string Format => information.Format;

    public string MediaType => "application/vnd.swift.mt940; charset=us-ascii";

    public string Extension => "sta";

    // Pages are numbered with five digits, and three entries fit on a page whatever they say.
    public int? MaxLines => 250_000;

    public async ValueTask<Rejection?> CheckAsync(Statement statement, StatementStyle style, CancellationToken cancellationToken)
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
        // What the file says of itself stands at its end alone: after it, AqBanking takes the currency of the statement that follows from
        // elsewhere.
        (FinMessages Messages, StatementSection Section)? last = null;
        await foreach (var section in statement.ReadSectionsAsync(cancellationToken))
        {
            if (last is { } before)
                before.Messages.Finish(before.Section.Closing, before.Section.Available, statement.Period.LastDay, null);
            var messages = new FinMessages(
                output, StatementIds.Short(statement, section), StatementIds.Day(statement.Period), Account(style, section.Account),
                section.Currency);
            messages.Begin(section.Opening, statement.Period.FirstDay);
            await foreach (var page in section.ReadPagesAsync(cancellationToken))
            {
                foreach (var line in page)
                {
                    var day = statement.Zone.DayOf(line.At);
                    messages.Entry(
                        Movement(line, section.Currency, day), information.Of(line, section.Currency, statement.BaseCurrency, style),
                        line.Balance - line.Amount, day);
                }

                await output.SendAsync(cancellationToken);
            }

            last = (messages, section);
        }

        if (last is { } end)
            end.Messages.Finish(
                end.Section.Closing, end.Section.Available, statement.Period.LastDay, Notices.PinAndQuotes(statement, style.Language));
        await output.SendAsync(cancellationToken);
    }

    static Rejection TooLong(string what) =>
        new(
            ErrorCode.NotAcceptable,
            $"{what} has more than 14 digits, which MT940 has no room for: ask for a shorter period or another format");

    /// <summary>Field 61: value date, entry date, side, amount, type, the line's own reference and the operation's number.</summary>
    static string Movement(StatementLine line, Currency currency, DateOnly day)
    {
        var type = line.Kind == OperationKind.Transfer ? line.Original is null ? "NTRF" : "NFEX" : "NMSC";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{day:yyMMddMMdd}{Side(line)}{FinMessages.Amount(line.Amount, currency)}{type}{line.Number}.{line.Place}//{line.Number}");
    }

    // RC takes a credit back and so is a debit; RD takes a debit back.
    static string Side(StatementLine line) => line.Kind == OperationKind.Reversal
        ? line.Amount < 0 ? "RC" : "RD"
        : line.Amount < 0 ? "D" : "C";

    /// <summary>Field 25: the IBAN, or bank and account.</summary>
    static string Account(StatementStyle style, Party account)
    {
        var numbers = style.NumbersOf(account);
        if (numbers.Iban is { } iban)
            return iban;
        var bank = style.Letterhead?.Bic ?? style.Letterhead?.BankId ?? StatementStyle.Nobody;
        var number = numbers.Number ?? PlainText.Of(account.Account);
        return bank.Length + number.Length < MaxAccount ? $"{bank}/{number}" : number;
    }
}
