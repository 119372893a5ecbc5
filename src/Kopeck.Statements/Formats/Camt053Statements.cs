using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Xml;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats;

/// <summary>ISO 20022 camt.053.001.08, BankToCustomerStatementV08: one message, one <c>Stmt</c> a wallet. Totals and balances come before the entries, so the database sums first.</summary>
sealed class Camt053Statements : IStatementWriter
{
    const string Namespace = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

    static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CloseOutput = false, Indent = true, IndentChars = " ", NewLineChars = "\n" };

    public string Format => "camt053";

    public string MediaType => "application/vnd.iso20022.camt.053.001.08+xml";

    public string Extension => "camt053.xml";

    public ValueTask<Rejection?> CheckAsync(Statement statement, CancellationToken cancellationToken) => WalletsOnly.CheckAsync(statement, Format, cancellationToken);

    public async Task WriteAsync(Statement statement, StatementStyle style, PipeWriter output, CancellationToken cancellationToken)
    {
        await using var stream = new PipeStream(output);
        using var xml = XmlWriter.Create(stream, Settings);
        xml.WriteStartDocument();
        xml.WriteStartElement("Document", Namespace);
        xml.WriteStartElement("BkToCstmrStmt");
        xml.WriteStartElement("GrpHdr");
        xml.WriteElementString("MsgId", StatementIds.Long(statement));
        xml.WriteElementString("CreDtTm", statement.Pin.At.ToString());
        xml.WriteEndElement();
        await foreach (var section in statement.ReadSectionsAsync(cancellationToken))
        {
            xml.WriteStartElement("Stmt");
            WriteHead(xml, statement, section);
            // Sums of a long history take a while: the reader need not wait for the first byte.
            xml.Flush();
            await output.SendAsync(cancellationToken);
            WriteTotals(xml, section, await section.SummarizeAsync(cancellationToken));
            await foreach (var page in section.ReadPagesAsync(cancellationToken))
            {
                foreach (var line in page)
                    Camt053Entry.Write(xml, section.Currency, line, statement.BaseCurrency, style.Language);
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

    static void WriteHead(XmlWriter xml, Statement statement, StatementSection section)
    {
        var period = statement.Period;
        xml.WriteElementString("Id", StatementIds.Long(statement, section));
        xml.WriteElementString("CreDtTm", statement.Pin.At.ToString());
        xml.WriteStartElement("FrToDt");
        xml.WriteElementString("FrDtTm", period.Start.ToString());
        xml.WriteElementString("ToDtTm", period.End.ToString());
        xml.WriteEndElement();
        xml.WriteStartElement("Acct");
        WriteAccountId(xml, section.Account.Account);
        xml.WriteElementString("Ccy", section.Currency.Code);
        if (section.Account.Code is { } code)
            xml.WriteElementString("Nm", WholeText.Cut(code.Value, 70));
        xml.WriteStartElement("Ownr");
        if (statement.Customer.Details is { } details)
            xml.WriteElementString("Nm", WholeText.Cut(details.Name.Value, 140));
        xml.WriteStartElement("Id");
        xml.WriteStartElement("PrvtId");
        xml.WriteStartElement("Othr");
        xml.WriteElementString("Id", statement.Customer.Id.ToString(CultureInfo.InvariantCulture));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteElementString("CtryOfRes", statement.Customer.Country.Value);
        xml.WriteEndElement();
        xml.WriteEndElement();
        WriteBalance(xml, "OPBD", section.Opening, section.Currency, period.Start.Date);
        WriteBalance(xml, "CLBD", section.Closing, section.Currency, period.LastDay());
    }

    /// <summary>The account's own id, as every <c>Acct</c> has it.</summary>
    public static void WriteAccountId(XmlWriter xml, long account)
    {
        xml.WriteStartElement("Id");
        xml.WriteStartElement("Othr");
        xml.WriteElementString("Id", account.ToString(CultureInfo.InvariantCulture));
        xml.WriteEndElement();
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
        xml.WriteElementString("Dt", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    static void WriteTotals(XmlWriter xml, StatementSection section, EntrySums sums)
    {
        var net = sums.Credits + sums.Debits;
        xml.WriteStartElement("TxsSummry");
        xml.WriteStartElement("TtlNtries");
        WriteSum(xml, sums.CreditCount + sums.DebitCount, sums.Credits - sums.Debits, section.Currency);
        if (Camt053Entry.Fits(net))
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
        xml.WriteElementString("NbOfNtries", count.ToString(CultureInfo.InvariantCulture));
        if (Camt053Entry.Fits(sum))
            xml.WriteElementString("Sum", AmountText.Format(sum, currency));
    }
}
