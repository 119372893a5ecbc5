using System.Globalization;
using System.IO.Pipelines;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.ClientBank;

/// <summary>
/// <c>1CClientBankExchange</c> 1.03, windows-1251: what Russian bookkeeping loads. A section an account with its turnover, then a document
/// a movement. Who paid and who was paid, with tax numbers and account numbers, comes from the letterhead's maps.
/// </summary>
sealed class ClientBankStatements : IStatementWriter
{
    public string Format => "1c";

    public string MediaType => "text/plain; charset=windows-1251";

    public string Extension => "txt";

    public ValueTask<Rejection?> CheckAsync(Statement statement, StatementStyle style, CancellationToken cancellationToken) =>
        WalletsOnly.CheckAsync(statement, Format, cancellationToken);

    public async Task WriteAsync(Statement statement, StatementStyle style, PipeWriter output, CancellationToken cancellationToken)
    {
        var text = new ClientBankText(output);
        WriteHead(text, statement, style);
        await foreach (var section in statement.OpenSectionsAsync(cancellationToken))
            text.Value("РасчСчет", style.NumberOf(section.Account));
        await foreach (var section in statement.OpenSectionsAsync(cancellationToken))
        {
            var sums = await section.SummarizeAsync(cancellationToken);
            text.Line("СекцияРасчСчет");
            text.Value("ДатаНачала", Day(statement.Period.FirstDay));
            text.Value("ДатаКонца", Day(statement.Period.LastDay));
            text.Value("РасчСчет", style.NumberOf(section.Account));
            text.Value("НачальныйОстаток", AmountText.Format((Int128)section.Opening, section.Currency));
            text.Value("ВсегоПоступило", AmountText.Format(sums.Credits, section.Currency));
            text.Value("ВсегоСписано", AmountText.Format(-sums.Debits, section.Currency));
            text.Value("КонечныйОстаток", AmountText.Format((Int128)section.Closing, section.Currency));
            text.Line("КонецРасчСчет");
            await text.SendAsync(cancellationToken);
        }

        await foreach (var section in statement.ReadSectionsAsync(cancellationToken))
        {
            await foreach (var page in section.ReadPagesAsync(cancellationToken))
            {
                foreach (var line in page)
                    WriteDocument(text, statement, style, section, line);
                await text.SendAsync(cancellationToken);
            }
        }

        text.Line("КонецФайла");
        await text.SendAsync(cancellationToken);
    }

    static void WriteHead(ClientBankText text, Statement statement, StatementStyle style)
    {
        text.Line("1CClientBankExchange");
        text.Value("ВерсияФормата", "1.03");
        text.Value("Кодировка", "Windows");
        text.Value("Отправитель", style.Letterhead?.Name ?? "Kopeck");
        text.Value("Получатель", "");
        text.Value("ДатаСоздания", Day(statement.Zone.DayOf(statement.Pin.At)));
        text.Value("ВремяСоздания", statement.Zone.Local(statement.Pin.At).ToString("HH:mm:ss", CultureInfo.InvariantCulture));
        text.Value("ДатаНачала", Day(statement.Period.FirstDay));
        text.Value("ДатаКонца", Day(statement.Period.LastDay));
    }

    static void WriteDocument(ClientBankText text, Statement statement, StatementStyle style, StatementSection section, StatementLine line)
    {
        var day = Day(statement.Zone.DayOf(line.At));
        var isOut = line.Amount < 0;
        text.Value("СекцияДокумент", Document(line.Kind, isOut));
        text.Value("Номер", PlainText.Of(line.Number));
        text.Value("Дата", day);
        text.Value("Сумма", AmountText.Format(Int128.Abs(line.Amount), section.Currency));
        var (own, other) = (Own(statement, style, section), Other(style, line));
        WriteParty(text, "Плательщик", isOut ? own : other, isOut ? ("ДатаСписано", day) : null);
        WriteParty(text, "Получатель", isOut ? other : own, isOut ? null : ("ДатаПоступило", day));
        text.Value("ВидОплаты", "01");
        text.Value("НазначениеПлатежа", line.Description ?? style.Language.Name(line.Kind));
        text.Line("КонецДокумента");
    }

    static string Document(OperationKind kind, bool isOut) => kind switch
    {
        OperationKind.Deposit => "Объявление на взнос наличными",
        OperationKind.Transfer => "Платежное поручение",
        _ => isOut ? "Списание" : "Поступление",
    };

    static void WriteParty(ClientBankText text, string role, ClientBankParty party, (string Name, string Day)? done)
    {
        text.Value(role + "Счет", party.Number);
        if (done is { } date)
            text.Value(date.Name, date.Day);
        text.Value(role, party.TaxId is { Length: > 0 } ? $"ИНН {party.TaxId} {party.Name}" : party.Name);
        text.Value(role + "ИНН", party.TaxId);
        text.Value(role + "КПП", party.TaxReason);
        text.Value(role + "1", party.Name);
        text.Value(role + "РасчСчет", party.Number);
        text.Value(role + "Банк1", party.Bank?.Name ?? "");
        text.Value(role + "БИК", party.Bank?.BankId ?? "");
        text.Value(role + "Корсчет", party.Bank?.CorrespondentAccount ?? "");
    }

    static ClientBankParty Own(Statement statement, StatementStyle style, StatementSection section)
    {
        var customer = statement.Customer;
        var tax = style.Letterhead?.TaxOf(customer?.Id, customer?.Details?.Code?.Value) ?? TaxNumbers.None;
        var name = customer is null ? style.Letterhead?.Name ?? "" : customer.Details?.Name.Value ?? style.Language.Erased;
        return new ClientBankParty(name, style.NumberOf(section.Account), tax.TaxId ?? "", tax.TaxReason ?? "", style.Letterhead);
    }

    /// <summary>The counterparty; the house itself where money came from outside or went there.</summary>
    static ClientBankParty Other(StatementStyle style, StatementLine line)
    {
        var house = style.Letterhead;
        if (line.Counterparty is not { } party || party.Customer is null)
        {
            var number = line.Counterparty is { } account ? style.NumberOf(account) : "";
            return new ClientBankParty(
                house?.Name ?? line.Counterparty?.Code?.Value ?? "", number, house?.TaxId ?? "", house?.TaxReason ?? "", house);
        }

        var tax = house?.TaxOf(party.Customer, party.CustomerCode?.Value) ?? TaxNumbers.None;
        return new ClientBankParty(
            party.Name?.Value ?? style.Language.Erased, style.NumberOf(party), tax.TaxId ?? "", tax.TaxReason ?? "", house);
    }

    static string Day(DateOnly day) => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
}
