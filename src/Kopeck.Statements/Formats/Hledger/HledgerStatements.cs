using System.Globalization;
using System.IO.Pipelines;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Hledger;

/// <summary>
/// A journal for hledger in which the wallets are the customer's assets. Every line asserts its balance; a conversion passes through
/// <c>equity:exchange</c>, so that each currency sums to zero.
/// </summary>
sealed class HledgerStatements : IStatementWriter
{
    const string Exchange = "equity:exchange";
    const string OpeningBalances = "equity:opening balances";

    static readonly OperationKind[] Kinds =
    [
        OperationKind.Deposit, OperationKind.Withdrawal, OperationKind.Transfer, OperationKind.Posting, OperationKind.Capture,
        OperationKind.Reversal,
    ];

    public string Format => "hledger";

    public string MediaType => "text/x-hledger; charset=utf-8";

    public string Extension => "journal";

    public async Task WriteAsync(Statement statement, StatementStyle style, PipeWriter output, CancellationToken cancellationToken)
    {
        var journal = new HledgerText(output);
        WriteHead(journal, statement);
        await foreach (var section in statement.ReadSectionsAsync(cancellationToken))
        {
            var wallet = Wallet(section);
            journal.Blank();
            journal.Commodity(section.Currency);
            journal.Account(wallet, section.Account.Code?.Value, "A");
            // Assigned, not added: after the file of the month before it is nothing, and where there is none it is all of it.
            journal.Transaction(statement.Period.FirstDay, null, null, style.Language.Opening);
            journal.Assign(wallet, section.Opening, section.Currency);
            journal.Rest(OpeningBalances);
            await foreach (var page in section.ReadPagesAsync(cancellationToken))
            {
                foreach (var line in page)
                    WriteLine(journal, style, statement, section, line);
                await journal.SendAsync(cancellationToken);
            }

            journal.Transaction(statement.Period.LastDay, null, null, style.Language.Closing);
            journal.Posting(wallet, 0, section.Currency, section.Closing);
            await journal.SendAsync(cancellationToken);
        }

        if (Notices.NoQuote(statement, style.Language) is { } notice)
        {
            journal.Blank();
            journal.Comment(notice);
        }

        await journal.SendAsync(cancellationToken);
    }

    static void WriteHead(HledgerText journal, Statement statement)
    {
        var who = statement.Customer is { } customer
            ? string.Create(
                CultureInfo.InvariantCulture, $"customer {customer.Id}{(customer.Details is { } details ? $" {details.Name.Value}" : "")}")
            : string.Create(CultureInfo.InvariantCulture, $"account {statement.Wallet?.Account}");
        journal.Comment($"Book {statement.Book}, {who}");
        journal.Comment(string.Create(
            CultureInfo.InvariantCulture,
            $"{statement.Period.FirstDay:yyyy-MM-dd} to {statement.Period.LastDay:yyyy-MM-dd} ({statement.Zone}): {statement.Period.Start} .. {statement.Period.End}"));
        journal.Comment(string.Create(CultureInfo.InvariantCulture, $"Drawn at operation {statement.Pin.Number} {statement.Pin.Hash}"));
        journal.Blank();
        journal.Account(OpeningBalances, type: "E");
        journal.Account(Exchange, type: "E");
        foreach (var kind in Kinds)
            journal.Account(Other(kind), type: "E");
    }

    static void WriteLine(HledgerText journal, StatementStyle style, Statement statement, StatementSection section, StatementLine line)
    {
        var baseCurrency = statement.BaseCurrency;
        journal.Commodity(section.Currency);
        if (line.Original is { } converted)
            journal.Commodity(converted.Currency);
        var tags = HledgerText.Tags(line.Kind.Name(), line.At);
        if (line.Counterparty is { } party)
            tags += string.Create(CultureInfo.InvariantCulture, $", account:{party.Account}");
        if (line.Hold is { } hold)
            tags += string.Create(CultureInfo.InvariantCulture, $", hold:{hold}");
        if (line.Reverses is { } reversed)
            tags += string.Create(CultureInfo.InvariantCulture, $", reverses:{reversed}");
        if (line.Original is { } exchange)
            tags += $", rate:{exchange.Rate} {exchange.From}/{exchange.To}";
        if (section.Currency.Code != baseCurrency.Code && AmountText.Format(line.Worth, baseCurrency) is { } worth)
            tags += $", worth:{worth} {baseCurrency.Code}";
        var payee = line.Counterparty?.Name?.Value ?? line.Counterparty?.Code?.Value;
        journal.Transaction(statement.Zone.DayOf(line.At), line.Number, payee, line.Description ?? style.Language.Name(line.Kind), tags);
        journal.Posting(Wallet(section), line.Amount, section.Currency, line.Balance);
        if (line.Original is { } original)
        {
            var originalMinor = line.Amount < 0 ? original.AmountMinor : -original.AmountMinor;
            journal.Posting(Exchange, -line.Amount, section.Currency);
            journal.Posting(Exchange, -originalMinor, original.Currency);
            journal.Posting(Other(line.Kind), originalMinor, original.Currency);
        }
        else
        {
            journal.Posting(Other(line.Kind), -line.Amount, section.Currency);
        }
    }

    static string Wallet(StatementSection section) =>
        string.Create(CultureInfo.InvariantCulture, $"assets:wallets:{section.Account.Account}");

    static string Other(OperationKind kind) => "equity:" + kind.Name();
}
