using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Xml;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats;

/// <summary>XML 1.0 with a schema of our own: see <see cref="StatementSchema"/>.</summary>
sealed class XmlStatements : IStatementWriter
{
    static readonly XmlWriterSettings Settings =
        new() { Encoding = new UTF8Encoding(false), CloseOutput = false, Indent = true, IndentChars = " ", NewLineChars = "\n" };

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
            xml.WriteAttributeString("status", PlainText.Of(section.Status));
            xml.WriteElementString("opening", MoneyText.Format(section.Opening, section.Currency));
            await foreach (var page in section.ReadPagesAsync(cancellationToken))
            {
                foreach (var line in page)
                    WriteLine(xml, line, section.Currency, statement);
                xml.Flush();
                await output.SendAsync(cancellationToken);
            }

            WriteTotals(xml, section, statement.BaseCurrency, await section.ValueClosingAsync(cancellationToken));
            if (section.ReadHoldsAsync is { } read)
            {
                await foreach (var page in read(cancellationToken))
                {
                    foreach (var hold in page)
                        WriteHold(xml, hold);
                    xml.Flush();
                    await output.SendAsync(cancellationToken);
                }
            }

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
        xml.WriteAttributeString("timeZone", period.Zone.Id);
        xml.WriteAttributeString("firstDay", PlainText.Of(period.FirstDay));
        xml.WriteAttributeString("lastDay", PlainText.Of(period.LastDay));
        xml.WriteEndElement();
        if (statement.Customer is not { } customer)
            return;
        xml.WriteStartElement("customer");
        WriteId(xml, "id", customer.Id);
        WriteOptional(xml, "name", customer.Details?.Name.Value);
        WriteOptional(xml, "code", customer.Details?.Code?.Value);
        xml.WriteAttributeString("country", customer.Country.Value);
        WriteOptional(xml, "city", customer.Details?.City.ToString());
        xml.WriteAttributeString("erased", XmlConvert.ToString(customer.IsErased));
        xml.WriteEndElement();
    }

    static void WriteLine(XmlWriter xml, StatementLine line, Currency currency, Statement statement)
    {
        var baseCurrency = statement.BaseCurrency;
        xml.WriteStartElement("line");
        WriteId(xml, "number", line.Number);
        WriteId(xml, "place", line.Place);
        xml.WriteAttributeString("at", line.At.ToString());
        xml.WriteAttributeString("date", PlainText.Of(statement.Zone.DayOf(line.At)));
        xml.WriteAttributeString("kind", line.Kind.Name());
        WriteOptional(xml, "hold", line.Hold is { } hold ? PlainText.Of(hold) : null);
        WriteOptional(xml, "reverses", line.Reverses is { } original ? PlainText.Of(original) : null);
        if (line.Counterparty is { } party)
            WriteCounterparty(xml, party);
        if (line.Description is { } description)
            xml.WriteElementString("description", description);
        xml.WriteElementString("amount", MoneyText.Format(line.Amount, currency));
        if (line.Original is { } converted)
        {
            xml.WriteStartElement("original");
            xml.WriteAttributeString("currency", converted.Currency.Code);
            xml.WriteAttributeString("rate", converted.Rate);
            xml.WriteAttributeString("from", converted.From);
            xml.WriteAttributeString("to", converted.To);
            xml.WriteString(MoneyText.Format(converted.AmountMinor, converted.Currency));
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

    static void WriteTotals(XmlWriter xml, StatementSection section, Currency baseCurrency, Int128? closingWorth)
    {
        var totals = section.Totals;
        var sums = totals.Sums;
        WriteSum(
            xml, "credits", sums.CreditCount, AmountText.Format(sums.Credits, section.Currency),
            AmountText.Format(totals.WorthOfCredits, baseCurrency));
        WriteSum(
            xml, "debits", sums.DebitCount, AmountText.Format(sums.Debits, section.Currency),
            AmountText.Format(totals.WorthOfDebits, baseCurrency));
        WriteSum(
            xml, "total", sums.CreditCount + sums.DebitCount, AmountText.Format(totals.Net, section.Currency),
            AmountText.Format(totals.Worth, baseCurrency));
        xml.WriteStartElement("closing");
        WriteOptional(xml, "worth", AmountText.Format(closingWorth, baseCurrency));
        xml.WriteString(MoneyText.Format(section.Closing, section.Currency));
        xml.WriteEndElement();
        if (section.Available is { } available)
            xml.WriteElementString("available", MoneyText.Format(available, section.Currency));
    }

    static void WriteHold(XmlWriter xml, Hold hold)
    {
        xml.WriteStartElement("hold");
        WriteId(xml, "id", hold.Id);
        WriteOptional(xml, "to", StatementHolds.Receiver(hold));
        xml.WriteAttributeString("authorised", MoneyText.Format(hold.State.Authorised, hold.Currency));
        WriteOptional(xml, "maxAmount", hold.State.MaxAmount is { } most ? MoneyText.Format(most, hold.Currency) : null);
        xml.WriteAttributeString("captured", MoneyText.Format(hold.State.Captured, hold.Currency));
        xml.WriteAttributeString("released", MoneyText.Format(hold.State.Released, hold.Currency));
        xml.WriteAttributeString("remaining", MoneyText.Format(hold.State.Remaining, hold.Currency));
        WriteOptional(xml, "expiresAt", hold.State.ExpiresAt?.ToString());
        xml.WriteEndElement();
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
