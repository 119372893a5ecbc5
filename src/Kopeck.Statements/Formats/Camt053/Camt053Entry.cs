using System.Globalization;
using System.Xml;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Camt053;

/// <summary>One <c>Ntry</c> of camt.053 (ReportEntry10; ReportEntry2 in version 2), booked, with one transaction inside.</summary>
readonly struct Camt053Entry(XmlWriter xml, CamtVersion version, StatementStyle style)
{
    const int MaxText = 140;
    const int RateDigits = 11;
    const int RateDecimals = 10;

    static readonly Int128 AmountEnd = Int128.Parse("1000000000000000000", CultureInfo.InvariantCulture);

    /// <summary>Whether an amount has at most 18 digits.</summary>
    public static bool Fits(Int128 minor) => Int128.Abs(minor) < AmountEnd;

    public void Write(Currency currency, StatementLine line, Statement statement)
    {
        var day = PlainText.Of(statement.Zone.DayOf(line.At));
        var reference = string.Create(CultureInfo.InvariantCulture, $"{line.Number}.{line.Place}");
        xml.WriteStartElement("Ntry");
        xml.WriteElementString("NtryRef", reference);
        WriteAmount(xml, "Amt", Int128.Abs(line.Amount), currency);
        xml.WriteElementString("CdtDbtInd", Camt053Statements.Side(line.Amount));
        // The entry's side is its own: a credit that is a reversal takes a debit back.
        if (line.Kind == OperationKind.Reversal)
            xml.WriteElementString("RvslInd", "true");
        if (version == CamtVersion.V08)
        {
            xml.WriteStartElement("Sts");
            xml.WriteElementString("Cd", "BOOK");
            xml.WriteEndElement();
        }
        else
        {
            xml.WriteElementString("Sts", "BOOK");
        }

        WriteDay("BookgDt", day);
        WriteDay("ValDt", day);
        xml.WriteElementString("AcctSvcrRef", PlainText.Of(line.Number));
        WriteCode(xml, line);
        xml.WriteStartElement("NtryDtls");
        WriteTransaction(line, currency, statement.BaseCurrency);
        xml.WriteEndElement();
        xml.WriteElementString("AddtlNtryInf", style.Language.Name(line.Kind));
        xml.WriteEndElement();
    }

    void WriteTransaction(StatementLine line, Currency currency, Currency baseCurrency)
    {
        xml.WriteStartElement("TxDtls");
        xml.WriteStartElement("Refs");
        xml.WriteElementString("AcctSvcrRef", PlainText.Of(line.Number));
        xml.WriteEndElement();
        // Version 2 has no amount here: it is the entry's.
        if (version == CamtVersion.V08)
        {
            WriteAmount(xml, "Amt", Int128.Abs(line.Amount), currency);
            xml.WriteElementString("CdtDbtInd", Camt053Statements.Side(line.Amount));
        }

        WriteDetails(line, currency, baseCurrency);
        if (line.Counterparty is not null)
            WriteParties(line);
        if (line.Description is { } description)
        {
            xml.WriteStartElement("RmtInf");
            foreach (var piece in WholeText.Split(description, MaxText))
                xml.WriteElementString("Ustrd", piece);
            xml.WriteEndElement();
        }

        // Banks book by the day; the instant is here.
        xml.WriteStartElement("RltdDts");
        xml.WriteElementString("TxDtTm", line.At.ToString());
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    void WriteDay(string name, string day)
    {
        xml.WriteStartElement(name);
        xml.WriteElementString("Dt", day);
        xml.WriteEndElement();
    }

    public static void WriteAmount(XmlWriter xml, string name, Int128 minor, Currency currency)
    {
        xml.WriteStartElement(name);
        xml.WriteAttributeString("Ccy", currency.Code);
        xml.WriteString(AmountText.Format(minor, currency));
        xml.WriteEndElement();
    }

    /// <summary>
    /// The external bank transaction codes: over the counter for money that comes and goes, on the books for what moves inside; and our own
    /// kind.
    /// </summary>
    static void WriteCode(XmlWriter xml, StatementLine line)
    {
        var (family, subFamily) = line.Kind switch
        {
            OperationKind.Deposit => ("CNTR", "CDPT"),
            OperationKind.Withdrawal => ("CNTR", "CWDL"),
            _ => (line.Amount < 0 ? "ICDT" : "RCDT", "BOOK"),
        };
        xml.WriteStartElement("BkTxCd");
        xml.WriteStartElement("Domn");
        xml.WriteElementString("Cd", "PMNT");
        xml.WriteStartElement("Fmly");
        xml.WriteElementString("Cd", family);
        xml.WriteElementString("SubFmlyCd", subFamily);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteStartElement("Prtry");
        xml.WriteElementString("Cd", line.Kind.Name());
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    void WriteDetails(StatementLine line, Currency currency, Currency baseCurrency)
    {
        // In a wallet of the base currency the worth is the amount.
        var worth = line.Worth is { } value && Fits(value) && currency.Code != baseCurrency.Code ? value : (Int128?)null;
        if (line.Original is null && worth is null)
            return;
        xml.WriteStartElement("AmtDtls");
        if (line.Original is { } original)
        {
            xml.WriteStartElement("CntrValAmt");
            WriteAmount(xml, "Amt", original.AmountMinor, original.Currency);
            if (RateText.Round(original.Rate, RateDigits, RateDecimals) is { } rate)
                WriteExchange(xml, original, currency, rate);
            xml.WriteEndElement();
            // The rate above has room for eleven digits: this one is exact.
            WriteProprietary(xml, $"rate {original.Rate}", original.AmountMinor, original.Currency);
        }

        if (worth is { } known)
            WriteProprietary(xml, known < 0 ? "base worth, debit" : "base worth", Int128.Abs(known), baseCurrency);
        xml.WriteEndElement();
    }

    static void WriteExchange(XmlWriter xml, OriginalAmount original, Currency currency, string rate)
    {
        xml.WriteStartElement("CcyXchg");
        xml.WriteElementString("SrcCcy", original.From);
        xml.WriteElementString("TrgtCcy", original.From == currency.Code ? original.Currency.Code : currency.Code);
        xml.WriteElementString("UnitCcy", original.From);
        xml.WriteElementString("XchgRate", rate);
        xml.WriteEndElement();
    }

    static void WriteProprietary(XmlWriter xml, string type, Int128 minor, Currency currency)
    {
        xml.WriteStartElement("PrtryAmt");
        xml.WriteElementString("Tp", WholeText.Cut(type, 35));
        WriteAmount(xml, "Amt", minor, currency);
        xml.WriteEndElement();
    }

    /// <summary>Of a debit the other side is the creditor, of a credit the debtor.</summary>
    void WriteParties(StatementLine line)
    {
        var party = line.Counterparty!;
        var role = line.Amount < 0 ? "Cdtr" : "Dbtr";
        xml.WriteStartElement("RltdPties");
        if (party.Name is { } name)
        {
            xml.WriteStartElement(role);
            if (version == CamtVersion.V08)
                xml.WriteStartElement("Pty");
            xml.WriteElementString("Nm", WholeText.Cut(name.Value, MaxText));
            if (version == CamtVersion.V08)
                xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteStartElement(role + "Acct");
        Camt053Statements.WriteAccountId(xml, party, style);
        xml.WriteElementString("Ccy", party.Currency.Code);
        if (party.Code is { } code)
            xml.WriteElementString("Nm", WholeText.Cut(code.Value, 70));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
