using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Languages;

namespace Kopeck.Statements.Reports;

/// <summary>A typed cell of a report. <c>default</c> is an empty one: what is not known is left empty.</summary>
public readonly record struct ReportCell
{
    /// <summary>Free text or a word.</summary>
    public string? Text { get; private init; }

    /// <summary>A kind of account, which people's pages have in words.</summary>
    public AccountKind? AccountKind { get; private init; }

    /// <summary>A kind of operation, likewise.</summary>
    public OperationKind? Kind { get; private init; }

    /// <summary>A moment.</summary>
    public Instant? At { get; private init; }

    /// <summary>An object's id.</summary>
    public long? Id { get; private init; }

    /// <summary>A count.</summary>
    public long? Count { get; private init; }

    /// <summary>An amount in minor units of <see cref="Currency"/>.</summary>
    public Int128? Minor { get; private init; }

    /// <summary>The currency of an amount.</summary>
    public Currency Currency { get; private init; }

    /// <summary>Decimal digits that are no amount: a rate.</summary>
    public string? Digits { get; private init; }

    /// <summary>A day.</summary>
    public DateOnly? Date { get; private init; }

    /// <summary>Text; empty where there is none.</summary>
    public static ReportCell OfText(string? text) => new() { Text = text };

    /// <summary>A kind of account.</summary>
    public static ReportCell OfKind(AccountKind kind) => new() { AccountKind = kind, Text = Enum.GetName(kind)!.ToLowerInvariant() };

    /// <summary>A kind of operation.</summary>
    public static ReportCell OfKind(OperationKind kind) => new() { Kind = kind, Text = kind.Name() };

    /// <summary>A moment.</summary>
    public static ReportCell OfAt(Instant at) => new() { At = at };

    /// <summary>An id; empty where there is none.</summary>
    public static ReportCell OfId(long? id) => new() { Id = id };

    /// <summary>A count.</summary>
    public static ReportCell OfCount(long count) => new() { Count = count };

    /// <summary>An amount; empty where there is none.</summary>
    public static ReportCell OfMoney(Int128? minor, Currency currency) => new() { Minor = minor, Currency = currency };

    /// <summary>Decimal digits; empty where there are none.</summary>
    public static ReportCell OfDigits(string? digits) => new() { Digits = digits };

    /// <summary>A day; empty where there is none.</summary>
    public static ReportCell OfDate(DateOnly? date) => new() { Date = date };

    /// <summary>Text as people read it: kinds in words.</summary>
    public string? In(Language language) =>
        AccountKind is { } account ? language.AccountKinds[account] : Kind is { } operation ? language.Name(operation) : Text;
}
