using Kopeck.Engine.Reading;
using Kopeck.Ledger.Money;

namespace Kopeck.Statements.Reports;

/// <summary>What a period did to an account; a positive balance is a credit, as customers' money is to the house.</summary>
/// <param name="Worth">Of the closing balance, in the base currency; null where no quote was in force.</param>
readonly record struct TrialBalanceRow(Int128 Opening, EntrySums Turnover, Int128 Closing, Int128? Worth)
{
    public ReportCell[] Cells(Currency currency, Currency baseCurrency) =>
        Cells(
            Debit(Opening), Credit(Opening), -Turnover.Debits, Turnover.Credits, Debit(Closing), Credit(Closing), Worth, currency,
            baseCurrency);

    public static ReportCell[] Cells(
        Int128 openingDebit, Int128 openingCredit, Int128 debits, Int128 credits, Int128 closingDebit, Int128 closingCredit, Int128? worth,
        Currency currency, Currency baseCurrency) =>
    [
        ReportCell.OfMoney(openingDebit, currency),
        ReportCell.OfMoney(openingCredit, currency),
        ReportCell.OfMoney(debits, currency),
        ReportCell.OfMoney(credits, currency),
        ReportCell.OfMoney(closingDebit, currency),
        ReportCell.OfMoney(closingCredit, currency),
        ReportCell.OfMoney(closingCredit - closingDebit, currency),
        ReportCell.OfMoney(worth, baseCurrency),
    ];

    public static Int128 Debit(Int128 balance) => balance < 0 ? -balance : 0;

    public static Int128 Credit(Int128 balance) => balance > 0 ? balance : 0;
}
