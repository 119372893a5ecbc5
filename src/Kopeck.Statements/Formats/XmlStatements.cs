using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Xml;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats;

/// <summary>XML 1.0 with a schema of our own: see <see cref="StatementSchema"/>.</summary>
sealed class XmlStatements : IStatementWriter
{
    static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CloseOutput = false, Indent = true, IndentChars = " ", NewLineChars = "\n" };

    public string Format => "xml";

    public string MediaType => "application/xml";

    public string Extension => "xml";

    public async Task WriteAsync(Statement statement, StatementStyle style, PipeWriter output, CancellationToken cancellationToken)
    {
        await using var stream = new PipeStream(output);
        using var xml = XmlWriter.Create(stream, Settings);
        xml.WriteStartDocument();
        xml.WriteStartElement("statement", StatementSchema.Namespace);
        WriteHeader(xml, statement);
        await foreach (var section in statement.ReadSectionsAsync(cancellationToken))
        {
            xml.WriteStartElement("account");
            WriteId(xml, "wallet", section.Account.Account);
            WriteOptional(xml, "code", section.Account.Code?.Value);
            xml.WriteAttributeString("currency", section.Currency.Code);
            xml.WriteElementString("opening", MoneyText.Format(section.Opening, section.Currency));
            await foreach (var page in section.ReadPagesAsync(cancellationToken))
            {
                foreach (var line in page)
                    WriteLine(xml, line, section.Currency, statement.BaseCurrency);
                xml.Flush();
                await output.SendAsync(cancellationToken);
            }

            WriteTotals(xml, section, statement.BaseCurrency);
            xml.WriteEndElement();
            xml.Flush();
            await output.SendAsync(cancellationToken);
        }

        WriteEnd(xml, statement, style);
        xml.WriteEndDocument();
        xml.Flush();
        output.Write("\n"u8);
        await output.SendAsync(cancellationToken);
    }

    static void WriteHeader(XmlWriter xml, Statement statement)
    {
        xml.WriteAttributeString("book", statement.Book.Value);
        xml.WriteAttributeString("baseCurrency", statement.BaseCurrency.Code);
        xml.WriteStartElement("pin");
        WriteId(xml, "number", statement.Pin.Number);
        xml.WriteAttributeString("hash", statement.Pin.Hash.ToString());
        xml.WriteAttributeString("at", statement.Pin.At.ToString());
        xml.WriteEndElement();
        var period = statement.Period;
        xml.WriteStartElement("period");
        WriteOptional(xml, "since", period.Since?.ToString());
        WriteOptional(xml, "until", period.Until?.ToString());
        xml.WriteAttributeString("start", period.Start.ToString());
        xml.WriteAttributeString("end", period.End.ToString());
        xml.WriteAttributeString("open", XmlConvert.ToString(period.IsOpen));
        xml.WriteEndElement();
        var customer = statement.Customer;
        xml.WriteStartElement("customer");
        WriteId(xml, "id", customer.Id);
        WriteOptional(xml, "name", customer.Details?.Name.Value);
        WriteOptional(xml, "code", customer.Details?.Code?.Value);
        xml.WriteAttributeString("country", customer.Country.Value);
        WriteOptional(xml, "city", customer.Details?.City.ToString());
        xml.WriteAttributeString("erased", XmlConvert.ToString(customer.IsErased));
        xml.WriteEndElement();
    }

    static void WriteLine(XmlWriter xml, StatementLine line, Currency currency, Currency baseCurrency)
    {
        xml.WriteStartElement("line");
        WriteId(xml, "number", line.Number);
        WriteId(xml, "place", line.Place);
        xml.WriteAttributeString("at", line.At.ToString());
        xml.WriteAttributeString("kind", line.Kind.Name());
        if (line.Counterparty is { } party)
            WriteCounterparty(xml, party);
        if (line.Description is { } description)
            xml.WriteElementString("description", description);
        xml.WriteElementString("amount", MoneyText.Format(line.Amount, currency));
        if (line.Original is { } original)
        {
            xml.WriteStartElement("original");
            xml.WriteAttributeString("currency", original.Currency.Code);
            xml.WriteAttributeString("rate", original.Rate);
            xml.WriteAttributeString("from", original.From);
            xml.WriteAttributeString("to", original.To);
            xml.WriteString(MoneyText.Format(original.AmountMinor, original.Currency));
            xml.WriteEndElement();
        }

        xml.WriteElementString("balance", MoneyText.Format(line.Balance, currency));
        if (AmountText.Format(line.Worth, baseCurrency) is { } worth)
            xml.WriteElementString("worth", worth);
        xml.WriteEndElement();
    }

    static void WriteCounterparty(XmlWriter xml, Party party)
    {
        xml.WriteStartElement("counterparty");
        WriteId(xml, "account", party.Account);
        WriteOptional(xml, "code", party.Code?.Value);
        WriteOptional(xml, "customer", party.Customer?.ToString(CultureInfo.InvariantCulture));
        WriteOptional(xml, "customerName", party.Name?.Value);
        WriteOptional(xml, "customerCode", party.CustomerCode?.Value);
        xml.WriteEndElement();
    }

    static void WriteTotals(XmlWriter xml, StatementSection section, Currency baseCurrency)
    {
        var totals = section.Totals;
        var sums = totals.Sums;
        WriteSum(xml, "credits", sums.CreditCount, AmountText.Format(sums.Credits, section.Currency), AmountText.Format(totals.WorthOfCredits, baseCurrency));
        WriteSum(xml, "debits", sums.DebitCount, AmountText.Format(sums.Debits, section.Currency), AmountText.Format(totals.WorthOfDebits, baseCurrency));
        WriteSum(xml, "total", sums.CreditCount + sums.DebitCount, AmountText.Format(totals.Net, section.Currency), AmountText.Format(totals.Worth, baseCurrency));
        xml.WriteElementString("closing", MoneyText.Format(section.Closing, section.Currency));
    }

    static void WriteEnd(XmlWriter xml, Statement statement, StatementStyle style)
    {
        var totals = statement.Totals;
        xml.WriteStartElement("totals");
        WriteId(xml, "lines", totals.Sums.CreditCount + totals.Sums.DebitCount);
        WriteId(xml, "withoutQuote", totals.Unquoted);
        WriteOptional(xml, "worth", AmountText.Format(totals.Worth, statement.BaseCurrency));
        xml.WriteEndElement();
        if (Notices.NoQuote(statement, style.Language) is { } notice)
            xml.WriteElementString("notice", notice);
    }

    static void WriteSum(XmlWriter xml, string name, long count, string sum, string? worth)
    {
        xml.WriteStartElement(name);
        WriteId(xml, "count", count);
        WriteOptional(xml, "worth", worth);
        xml.WriteString(sum);
        xml.WriteEndElement();
    }

    static void WriteId(XmlWriter xml, string name, long id) => xml.WriteAttributeString(name, XmlConvert.ToString(id));

    static void WriteOptional(XmlWriter xml, string name, string? value)
    {
        if (value is not null)
            xml.WriteAttributeString(name, value);
    }
}
