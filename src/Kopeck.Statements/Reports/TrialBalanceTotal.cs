using Kopeck.Ledger.Money;

namespace Kopeck.Statements.Reports;

/// <summary>What the accounts of a currency come to: debits and credits are equal.</summary>
sealed class TrialBalanceTotal(Currency currency)
{
    Int128 openingDebit;
    Int128 openingCredit;
    Int128 debits;
    Int128 credits;
    Int128 closingDebit;
    Int128 closingCredit;
    Int128? worth = 0;

    public Currency Currency => currency;

    public void Add(TrialBalanceRow row)
    {
        openingDebit += TrialBalanceRow.Debit(row.Opening);
        openingCredit += TrialBalanceRow.Credit(row.Opening);
        debits -= row.Turnover.Debits;
        credits += row.Turnover.Credits;
        closingDebit += TrialBalanceRow.Debit(row.Closing);
        closingCredit += TrialBalanceRow.Credit(row.Closing);
        worth += row.Worth;
    }

    public ReportCell[] Cells(Currency baseCurrency) =>
        TrialBalanceRow.Cells(openingDebit, openingCredit, debits, credits, closingDebit, closingCredit, worth, currency, baseCurrency);
}
