using System.Globalization;
using System.IO.Pipelines;
using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Ofx;

/// <summary>
/// Open Financial Exchange: a bank statement download (OFX 2.2, section 11.4; OFX 1.0.2, section 11.4) with a response for each wallet.
/// </summary>
sealed class OfxStatements(OfxForm form) : IStatementWriter
{
    const int MaxName = 32;
    const int MaxLongName = 100;
    const int MaxMemo = 255;
    const int MaxAccount = 22;
    const int MaxRateDigits = 20;
    const int MaxRateDecimals = 12;

    public string Format => form switch { OfxForm.Ofx2 => "ofx", OfxForm.Ofx1 => "ofx1", _ => "qfx" };

    public string MediaType => form switch
    {
        OfxForm.Ofx2 => "application/x-ofx",
        OfxForm.Ofx1 => "application/x-ofx; version=102",
        _ => "application/vnd.intu.qfx",
    };

    public string Extension => form == OfxForm.Quicken ? "qfx" : "ofx";

    public async ValueTask<Rejection?> CheckAsync(Statement statement, StatementStyle style, CancellationToken cancellationToken)
    {
        if (form == OfxForm.Quicken && style.Letterhead?.QuickenId is null)
            return new Rejection(
                ErrorCode.NotAcceptable,
                "Quicken takes a file by the number that Intuit gave the bank: set quickenId in the letterhead, or ask for ofx1");
        return await WalletsOnly.CheckAsync(statement, Format, cancellationToken);
    }

    public async Task WriteAsync(Statement statement, StatementStyle style, PipeWriter output, CancellationToken cancellationToken)
    {
        var ofx = new OfxText(output, form);
        ofx.Header();
        ofx.Begin("OFX");
        WriteSignOn(ofx, statement, style);
        ofx.Begin("BANKMSGSRSV1");
        await foreach (var section in statement.ReadSectionsAsync(cancellationToken))
        {
            WriteBegin(ofx, statement, style, section);
            await foreach (var page in section.ReadPagesAsync(cancellationToken))
            {
                foreach (var line in page)
                    WriteLine(ofx, style, statement, section.Currency, line);
                await ofx.SendAsync(cancellationToken);
            }

            WriteEnd(ofx, style, statement, section);
            await ofx.SendAsync(cancellationToken);
        }

        ofx.End();
        ofx.End();
        await ofx.SendAsync(cancellationToken);
    }

    void WriteSignOn(OfxText ofx, Statement statement, StatementStyle style)
    {
        ofx.Begin("SIGNONMSGSRSV1");
        ofx.Begin("SONRS");
        WriteDone(ofx);
        ofx.Value("DTSERVER", Time(statement.Pin.At, statement.Zone));
        ofx.Value("LANGUAGE", style.Language.ThreeLetterCode);
        if (style.Letterhead is { } house)
        {
            ofx.Begin("FI");
            ofx.Value("ORG", WholeText.Cut(house.Name, MaxName));
            ofx.Value("FID", form == OfxForm.Quicken ? house.QuickenId! : Bank(style));
            ofx.End();
        }

        if (form == OfxForm.Quicken)
            ofx.Value("INTU.BID", style.Letterhead!.QuickenId!);
        ofx.End();
        ofx.End();
    }

    static void WriteDone(OfxText ofx)
    {
        ofx.Begin("STATUS");
        ofx.Value("CODE", "0");
        ofx.Value("SEVERITY", "INFO");
        ofx.End();
    }

    static void WriteBegin(OfxText ofx, Statement statement, StatementStyle style, StatementSection section)
    {
        ofx.Begin("STMTTRNRS");
        ofx.Value("TRNUID", StatementIds.Long(statement, section));
        WriteDone(ofx);
        ofx.Begin("STMTRS");
        ofx.Value("CURDEF", section.Currency.Code);
        WriteAccount(ofx, "BANKACCTFROM", style, section.Account);
        ofx.Begin("BANKTRANLIST");
        ofx.Value("DTSTART", Time(statement.Period.Start, statement.Zone));
        ofx.Value("DTEND", Time(statement.Period.LastInstant, statement.Zone));
    }

    static void WriteAccount(OfxText ofx, string name, StatementStyle style, Party account)
    {
        ofx.Begin(name);
        ofx.Value("BANKID", Bank(style));
        ofx.Value("ACCTID", Account(style, account));
        ofx.Value("ACCTTYPE", "CHECKING");
        ofx.End();
    }

    /// <summary>At most nine characters: the bank's national number, else the bank and the country of its BIC.</summary>
    static string Bank(StatementStyle style) => style.Letterhead?.BankId ?? style.Letterhead?.Bic?[..8] ?? StatementStyle.Nobody;

    /// <summary>At most 22 characters, for which not every IBAN is short enough.</summary>
    static string Account(StatementStyle style, Party account)
    {
        var numbers = style.NumbersOf(account);
        return new[] { numbers.Number, numbers.Iban }.FirstOrDefault(number => number?.Length <= MaxAccount)
            ?? PlainText.Of(account.Account);
    }

    static void WriteLine(OfxText ofx, StatementStyle style, Statement statement, Currency currency, StatementLine line)
    {
        ofx.Begin("STMTTRN");
        ofx.Value("TRNTYPE", line.Kind switch
        {
            OperationKind.Deposit => "DEP",
            OperationKind.Transfer => "XFER",
            _ => line.Amount < 0 ? "DEBIT" : "CREDIT",
        });
        ofx.Value("DTPOSTED", Time(line.At, statement.Zone));
        ofx.Value("TRNAMT", MoneyText.Format(line.Amount, currency));
        ofx.Value("FITID", string.Create(CultureInfo.InvariantCulture, $"{line.Number}.{line.Place}"));
        var name = LegalForms.Shorten(line.Counterparty?.Name?.Value ?? line.Counterparty?.Code?.Value ?? style.Language.Name(line.Kind));
        ofx.Value("NAME", WholeText.Cut(name, MaxName));
        if (name.Length > MaxName && ofx.IsXml)
            ofx.Value("EXTDNAME", WholeText.Cut(name, MaxLongName));
        if (line is { Kind: OperationKind.Transfer, Counterparty: { } party })
            WriteAccount(ofx, "BANKACCTTO", style, party);
        if (Memo(line, currency, statement.BaseCurrency) is { Length: > 0 } memo)
            ofx.Value("MEMO", WholeText.Cut(memo, MaxMemo));
        if (line.Original is { } original && CurrencyRate(original, currency) is { } rate)
        {
            ofx.Begin("ORIGCURRENCY");
            ofx.Value("CURRATE", rate);
            ofx.Value("CURSYM", original.Currency.Code);
            ofx.End();
        }

        ofx.End();
    }

    /// <summary>
    /// What OFX has no member for: the other side of a conversion at its exact rate, and the worth. First what may be cut last.
    /// </summary>
    static string Memo(StatementLine line, Currency currency, Currency baseCurrency)
    {
        var original = line.Original is { } other
            ? $"{MoneyText.Format(other.AmountMinor, other.Currency)} {other.Currency.Code} at {other.Rate} {other.From}/{other.To}"
            : null;
        var worth =
            currency.Code != baseCurrency.Code
                && AmountText.Format(line.Worth, baseCurrency) is { } value ? $"worth {value} {baseCurrency.Code}" : null;
        var facts = WholeText.Join("; ", original, worth);
        var room = MaxMemo - facts.Length - (facts.Length > 0 ? 2 : 0);
        return WholeText.Join("; ", line.Description is { } description ? WholeText.Cut(description, room) : null, facts);
    }

    /// <summary>Units of the wallet's currency for one of the original (section 5.2).</summary>
    static string? CurrencyRate(OriginalAmount original, Currency currency) => original.To == currency.Code
        ? RateText.Round(original.Rate, MaxRateDigits, MaxRateDecimals)
        : RateText.Round(original.Inverse, MaxRateDigits, MaxRateDecimals);

    static void WriteEnd(OfxText ofx, StatementStyle style, Statement statement, StatementSection section)
    {
        ofx.End();
        ofx.Begin("LEDGERBAL");
        ofx.Value("BALAMT", MoneyText.Format(section.Closing, section.Currency));
        ofx.Value("DTASOF", Time(statement.Period.LastInstant, statement.Zone));
        ofx.End();
        if (section.Available is { } available)
        {
            ofx.Begin("AVAILBAL");
            ofx.Value("BALAMT", MoneyText.Format(available, section.Currency));
            ofx.Value("DTASOF", Time(statement.Period.LastInstant, statement.Zone));
            ofx.End();
        }

        ofx.Value("MKTGINFO", WholeText.Cut(Notices.PinAndQuotes(statement, section, style.Language), 360));
        ofx.End();
        ofx.End();
    }

    /// <summary>
    /// <c>YYYYMMDDHHMMSS.XXX[offset:name]</c> (section 3.2.8.2): the time that clocks in the zone show, cut to milliseconds.
    /// </summary>
    static string Time(Instant instant, DayZone zone)
    {
        var (sign, minutes) = (zone.OffsetSeconds(instant) < 0 ? "-" : "+", Math.Abs(zone.OffsetSeconds(instant)) / 60);
        var offset =
            minutes == 0
                ? "0"
                : string.Create(
                    CultureInfo.InvariantCulture, $"{sign}{minutes / 60}{(minutes % 60 == 0 ? "" : $".{minutes % 60 * 100 / 60:D2}")}");
        var name = zone.Abbreviation(instant);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{zone.Local(instant):yyyyMMddHHmmss.fff}[{offset}{(name.All(char.IsAsciiLetter) ? ":" + name : "")}]");
    }
}
