using Kopeck.Ledger.Journal;

namespace Kopeck.Statements.Languages;

static class English
{
    public static Language Words { get; } = new()
    {
        Code = "en",
        ThreeLetterCode = "ENG",
        Statement = "Statement",
        Row = "Row",
        Wallet = "Wallet",
        Currency = "Currency",
        Number = "Operation",
        Time = "Time (UTC)",
        Kind = "Kind",
        Counterparty = "Counterparty",
        CounterpartyCode = "Counterparty's code",
        CounterpartyAccount = "Counterparty's account",
        Description = "Description",
        Amount = "Amount",
        OriginalAmount = "Original amount",
        OriginalCurrency = "Original currency",
        Rate = "Rate",
        RatePair = "Rate of",
        Balance = "Balance",
        Worth = "Worth in {0}",
        Count = "Count",
        Opening = "Opening balance",
        Closing = "Closing balance",
        Credits = "Credits",
        Debits = "Debits",
        Total = "Total",
        Customer = "Customer",
        Period = "Period",
        DrawnAt = "Drawn at operation",
        Page = "Page {0} of {1}",
        Erased = "(erased)",
        NoQuote = "Lines for which no quote was in force: {0}. Their worth in {1} is left empty, and so are its totals",
        Kinds = new Dictionary<OperationKind, string>
        {
            [OperationKind.Deposit] = "Deposit",
            [OperationKind.Withdrawal] = "Withdrawal",
            [OperationKind.Transfer] = "Transfer",
            [OperationKind.Posting] = "Posting",
        },
        Titles = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["trial-balance"] = "Trial balance",
            ["exchange"] = "Exchange positions",
            ["turnover"] = "Turnover",
        },
        Reports = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["account"] = "Account",
            ["kind"] = "Kind",
            ["customer"] = "Customer",
            ["code"] = "Code",
            ["currency"] = "Currency",
            ["debits"] = "Debits",
            ["credits"] = "Credits",
            ["balance"] = "Balance",
            ["position"] = "Position",
            ["rate"] = "Rate",
            ["quoteDate"] = "Quote's date",
            ["worth"] = "Worth",
            ["cost"] = "Cost",
            ["realised"] = "Realised gain",
            ["unrealised"] = "Unrealised gain",
            ["date"] = "Date",
            ["operations"] = "Operations",
            ["deposits"] = "Deposits",
            ["withdrawals"] = "Withdrawals",
            ["transfers"] = "Transfers",
            ["exchangedIn"] = "Bought",
            ["exchangedOut"] = "Sold",
            ["postings"] = "Postings",
            ["turnover"] = "Turnover",
            ["total"] = "Total",
        },
    };
}
