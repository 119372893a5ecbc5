using System.IO.Pipelines;
using System.Text;
using System.Xml;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Camt053;

/// <summary>
/// ISO 20022 camt.053, BankToCustomerStatement: one message, one <c>Stmt</c> a wallet. Totals and balances come before the entries, so the
/// database sums first.
/// </summary>
sealed class Camt053Statements(CamtVersion version) : IStatementWriter
{
    const string Namespace = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";

    static readonly XmlWriterSettings Settings =
        new() { Encoding = new UTF8Encoding(false), CloseOutput = false, Indent = true, IndentChars = " ", NewLineChars = "\n" };

    public string Format => version == CamtVersion.V08 ? "camt053" : "camt053-02";

    public string MediaType => $"application/vnd.iso20022.camt.053.001.{Number}+xml";

    public string Extension => "camt053.xml";

    string Number => version == CamtVersion.V08 ? "08" : "02";

    public ValueTask<Rejection?> CheckAsync(Statement statement, StatementStyle style, CancellationToken cancellationToken) =>
        WalletsOnly.CheckAsync(statement, Format, cancellationToken);

    public async Task WriteAsync(Statement statement, StatementStyle style, PipeWriter output, CancellationToken cancellationToken)
    {
        await using var stream = new PipeStream(output);
        using var xml = XmlWriter.Create(stream, Settings);
        xml.WriteStartDocument();
        xml.WriteStartElement("Document", Namespace + Number);
        xml.WriteStartElement("BkToCstmrStmt");
        xml.WriteStartElement("GrpHdr");
        xml.WriteElementString("MsgId", StatementIds.Long(statement));
        xml.WriteElementString("CreDtTm", statement.Pin.At.ToString());
        xml.WriteEndElement();
        await foreach (var section in statement.ReadSectionsAsync(cancellationToken))
        {
            xml.WriteStartElement("Stmt");
            WriteHead(xml, statement, section, style);
            // Sums of a long history take a while: the reader need not wait for the first byte.
            xml.Flush();
            await output.SendAsync(cancellationToken);
            WriteTotals(xml, section, await section.SummarizeAsync(cancellationToken));
            await foreach (var page in section.ReadPagesAsync(cancellationToken))
            {
                foreach (var line in page)
                    new Camt053Entry(xml, version, style).Write(section.Currency, line, statement);
                xml.Flush();
                await output.SendAsync(cancellationToken);
            }

            xml.WriteElementString("AddtlStmtInf", WholeText.Cut(Notices.PinAndQuotes(statement, section, style.Language), 500));
            xml.WriteEndElement();
            xml.Flush();
            await output.SendAsync(cancellationToken);
        }

        xml.WriteEndDocument();
        xml.Flush();
        stream.WriteByte((byte)'\n');
        await output.SendAsync(cancellationToken);
    }

    void WriteHead(XmlWriter xml, Statement statement, StatementSection section, StatementStyle style)
    {
        var period = statement.Period;
        xml.WriteElementString("Id", StatementIds.Long(statement, section));
        // Monthly files are in order by the day that they begin on; the same number as MT940 has.
        xml.WriteElementString("ElctrncSeqNb", PlainText.Of(StatementIds.Day(period)));
        xml.WriteElementString("LglSeqNb", PlainText.Of(StatementIds.Day(period)));
        xml.WriteElementString("CreDtTm", statement.Pin.At.ToString());
        xml.WriteStartElement("FrToDt");
        xml.WriteElementString("FrDtTm", period.Start.ToString());
        xml.WriteElementString("ToDtTm", period.End.ToString());
        xml.WriteEndElement();
        xml.WriteStartElement("Acct");
        WriteAccountId(xml, section.Account, style);
        xml.WriteElementString("Ccy", section.Currency.Code);
        if (section.Account.Code is { } code)
            xml.WriteElementString("Nm", WholeText.Cut(code.Value, 70));
        if (statement.Customer is { } customer)
            WriteOwner(xml, customer);
        WriteServicer(xml, style);
        xml.WriteEndElement();
        WriteBalance(xml, "OPBD", section.Opening, section.Currency, period.FirstDay);
        WriteBalance(xml, "CLBD", section.Closing, section.Currency, period.LastDay);
        if (section.Available is { } available)
            WriteBalance(xml, "CLAV", available, section.Currency, period.LastDay);
    }

    static void WriteOwner(XmlWriter xml, Customer customer)
    {
        xml.WriteStartElement("Ownr");
        if (customer.Details is { } details)
            xml.WriteElementString("Nm", WholeText.Cut(details.Name.Value, 140));
        xml.WriteStartElement("Id");
        xml.WriteStartElement("PrvtId");
        xml.WriteStartElement("Othr");
        xml.WriteElementString("Id", PlainText.Of(customer.Id));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteElementString("CtryOfRes", customer.Country.Value);
        xml.WriteEndElement();
    }

    /// <summary>The bank: readers ask for it although the schema does not.</summary>
    void WriteServicer(XmlWriter xml, StatementStyle style)
    {
        xml.WriteStartElement("Svcr");
        xml.WriteStartElement("FinInstnId");
        if (style.Letterhead is { } house)
        {
            if (house.Bic is { } bic)
                xml.WriteElementString(version == CamtVersion.V08 ? "BICFI" : "BIC", bic);
            xml.WriteElementString("Nm", WholeText.Cut(house.Name, 140));
            if (house.Country is not null || house.Lines.Count > 0)
                WriteAddress(xml, house);
        }

        if (style.Letterhead is not { Bic: not null, BankId: null })
        {
            xml.WriteStartElement("Othr");
            xml.WriteElementString("Id", style.Letterhead?.BankId ?? StatementStyle.Nobody);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    static void WriteAddress(XmlWriter xml, Letterhead house)
    {
        xml.WriteStartElement("PstlAdr");
        if (house.Country is { } country)
            xml.WriteElementString("Ctry", country);
        foreach (var line in house.Lines)
            xml.WriteElementString("AdrLine", WholeText.Cut(line, 70));
        xml.WriteEndElement();
    }

    /// <summary>An account's id, as every <c>Acct</c> has it: its IBAN, else its number.</summary>
    public static void WriteAccountId(XmlWriter xml, Party account, StatementStyle style)
    {
        xml.WriteStartElement("Id");
        if (style.NumbersOf(account).Iban is { } iban)
        {
            xml.WriteElementString("IBAN", iban);
        }
        else
        {
            xml.WriteStartElement("Othr");
            xml.WriteElementString("Id", style.NumberOf(account));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <summary>Amounts have no sign; <c>CdtDbtInd</c> says the side.</summary>
    public static string Side(Int128 amount) => amount < 0 ? "DBIT" : "CRDT";

    static void WriteBalance(XmlWriter xml, string code, long balance, Currency currency, DateOnly date)
    {
        xml.WriteStartElement("Bal");
        xml.WriteStartElement("Tp");
        xml.WriteStartElement("CdOrPrtry");
        xml.WriteElementString("Cd", code);
        xml.WriteEndElement();
        xml.WriteEndElement();
        Camt053Entry.WriteAmount(xml, "Amt", Int128.Abs(balance), currency);
        xml.WriteElementString("CdtDbtInd", Side(balance));
        xml.WriteStartElement("Dt");
        xml.WriteElementString("Dt", PlainText.Of(date));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    void WriteTotals(XmlWriter xml, StatementSection section, EntrySums sums)
    {
        var net = sums.Credits + sums.Debits;
        xml.WriteStartElement("TxsSummry");
        xml.WriteStartElement("TtlNtries");
        WriteSum(xml, sums.CreditCount + sums.DebitCount, sums.Credits - sums.Debits, section.Currency);
        if (Camt053Entry.Fits(net) && version == CamtVersion.V02)
        {
            xml.WriteElementString("TtlNetNtryAmt", AmountText.Format(Int128.Abs(net), section.Currency));
            xml.WriteElementString("CdtDbtInd", Side(net));
        }
        else if (Camt053Entry.Fits(net))
        {
            xml.WriteStartElement("TtlNetNtry");
            xml.WriteElementString("Amt", AmountText.Format(Int128.Abs(net), section.Currency));
            xml.WriteElementString("CdtDbtInd", Side(net));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteStartElement("TtlCdtNtries");
        WriteSum(xml, sums.CreditCount, sums.Credits, section.Currency);
        xml.WriteEndElement();
        xml.WriteStartElement("TtlDbtNtries");
        WriteSum(xml, sums.DebitCount, -sums.Debits, section.Currency);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    static void WriteSum(XmlWriter xml, long count, Int128 sum, Currency currency)
    {
        xml.WriteElementString("NbOfNtries", PlainText.Of(count));
        if (Camt053Entry.Fits(sum))
            xml.WriteElementString("Sum", AmountText.Format(sum, currency));
    }
}
