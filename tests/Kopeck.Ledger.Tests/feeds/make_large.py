#!/usr/bin/env python3
"""Writes the large feeds and what they must become. Values are invented; the forms are the publishers' own.

The expected quotes are computed here with exact fractions, sharing nothing with the ledger.
"""
import datetime
import pathlib
import random
from fractions import Fraction

HERE = pathlib.Path(__file__).parent / "large"
SCALE = 14
ISO = {}
for line in (pathlib.Path(__file__).parents[3] / "schema/reference/iso4217.tsv").read_text("utf-8").splitlines()[1:]:
    code, _, digits = line.split("\t")[:3]
    ISO[code] = digits

MID = {  # units for 1 EUR, invented
    "USD": 1.1, "JPY": 163.1, "BGN": 1.9558, "CYP": 0.58, "CZK": 25.1, "DKK": 7.46, "EEK": 15.6466, "GBP": 0.85, "HUF": 401.5,
    "LTL": 3.4528, "LVL": 0.702, "MTL": 0.4293, "PLN": 4.28, "ROL": 36500, "RON": 4.97, "SEK": 11.2, "SIT": 239.64, "SKK": 30.126,
    "CHF": 0.94, "ISK": 144.1, "NOK": 11.7, "HRK": 7.53, "RUB": 91.2, "TRL": 1650000, "TRY": 46.2, "AUD": 1.68, "BRL": 6.2,
    "CAD": 1.51, "CNY": 7.9, "HKD": 8.6, "IDR": 17800, "ILS": 4.02, "INR": 93.4, "KRW": 1540.2, "MXN": 21.6, "MYR": 4.9,
    "NZD": 1.86, "PHP": 63.2, "SGD": 1.46, "THB": 37.5, "ZAR": 19.9,
}
ENDED = {"BGN": 2026, "CYP": 2008, "EEK": 2011, "LTL": 2015, "LVL": 2014, "MTL": 2008, "ROL": 2005, "SIT": 2007, "SKK": 2009,
         "HRK": 2023, "RUB": 2022, "TRL": 2005}
BEGUN = {"RON": 2005, "TRY": 2005, "BGN": 2000, "BRL": 2008, "CNY": 2005, "IDR": 2005, "ILS": 2011, "INR": 2009, "MXN": 2008,
         "MYR": 2005, "PHP": 2005, "THB": 2005, "HRK": 2005, "RUB": 2005, "ISK": 1999}


def figure(rng, mid):
    value = mid * rng.uniform(0.8, 1.2)
    decimals = max(0, 5 - len(str(int(value))) + (1 if value < 1 else 0))
    return f"{value:.{decimals}f}"


def half_even(ratio):
    scaled = ratio * 10 ** SCALE
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    order = 2 * rest - scaled.denominator
    if order > 0 or (order == 0 and whole % 2):
        whole += 1
    return whole


def text(scaled):
    digits = str(scaled).rjust(SCALE + 1, "0")
    return (digits[:-SCALE] + "." + digits[-SCALE:]).rstrip("0").rstrip(".")


def quotes(base, worth, written, book):
    """worth: units of the feed's base for 1 of each currency; written: the figures as the quote keeps them."""
    worth = {base: Fraction(1), **worth}
    written = {base: "1", **written}
    suffix = "" if book == base else f"; {book} {written[book]}"
    for code in worth:
        scaled = half_even(worth[code] / worth[book]) if ISO.get(code) else 0
        if code != book and 0 < scaled < 10 ** 28:
            yield code, text(scaled), written[code] + suffix


def expect(name, source, days, books, shown=None):
    """days: (date, base, worth, written); writes what each shown day becomes in each book."""
    lines = [f"# {source} {len(days)} {sum(len(day[2]) for day in days)}"]
    for date, base, worth, written in sorted(days):
        if shown is None or date in shown:
            for book in books:
                lines += ["\t".join((date, book, *quote)) for quote in quotes(base, worth, written, book)]
    (HERE / f"{name}.expected.tsv").write_text("\n".join(lines) + "\n", "utf-8")


def per_base(rates):
    return {code: 1 / Fraction(rate) for code, rate in rates.items()}


def ecb_history(rng):
    rows, days = ["Date," + ",".join(MID) + ","], []
    date = datetime.date(2026, 11, 20)
    while date >= datetime.date(1999, 1, 4):
        rates = {code: figure(rng, mid) for code, mid in MID.items() if BEGUN.get(code, 0) <= date.year < ENDED.get(code, 9999)}
        rows.append(f"{date}," + ",".join(rates.get(code, "N/A") for code in MID) + ",")
        days.append((str(date), "EUR", per_base(rates), rates))
        date -= datetime.timedelta(days=28)
    (HERE / "eurofxref-hist.csv").write_text("\n".join(rows) + "\n", "utf-8")
    expect("eurofxref-hist.csv", "ecb", days, ["EUR", "USD"], {days[0][0], days[100][0], days[200][0], days[-1][0]})


def ecb_day(rng):
    rates = {code: figure(rng, mid) for code, mid in MID.items() if code not in ENDED}
    head = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gesmes:Envelope xmlns:gesmes=\"http://www.gesmes.org/xml/2002-08-01\" "
            "xmlns=\"http://www.ecb.int/vocabulary/2002-08-01/eurofxref\">\n\t<gesmes:subject>Reference rates</gesmes:subject>\n"
            "\t<gesmes:Sender>\n\t\t<gesmes:name>European Central Bank</gesmes:name>\n\t</gesmes:Sender>\n\t<Cube>\n")
    cubes = "".join(f"\t\t\t<Cube currency='{code}' rate='{rate}'/>\n" for code, rate in rates.items())
    (HERE / "eurofxref-daily.xml").write_text(f"{head}\t\t<Cube time='2026-11-20'>\n{cubes}\t\t</Cube>\n\t</Cube>\n</gesmes:Envelope>\n", "utf-8")
    expect("eurofxref-daily.xml", "ecb", [("2026-11-20", "EUR", per_base(rates), rates)], ["EUR", "USD", "JPY"])
    row = "20 November 2026, " + ", ".join(rates.values()) + ", \n"
    (HERE / "eurofxref.csv").write_text("Date, " + ", ".join(rates) + ", \n" + row, "utf-8")
    expect("eurofxref.csv", "ecb", [("2026-11-20", "EUR", per_base(rates), rates)], ["EUR", "GBP"])

    days, cubes = [], ""
    for back in range(90):
        date = datetime.date(2026, 11, 20) - datetime.timedelta(days=back)
        if date.weekday() < 5:
            rates = {code: figure(rng, mid) for code, mid in MID.items() if code not in ENDED}
            days.append((str(date), "EUR", per_base(rates), rates))
            cubes += f'<Cube time="{date}">' + "".join(f'<Cube currency="{code}" rate="{rate}"/>' for code, rate in rates.items()) + "</Cube>"
    one_line = head.replace("\n", "").replace("\t", "").replace("?>", "?>\n", 1)
    (HERE / "eurofxref-hist-90d.xml").write_text(f"{one_line}{cubes}</Cube></gesmes:Envelope>", "utf-8")
    expect("eurofxref-hist-90d.xml", "ecb", days, ["EUR", "USD"], {days[0][0], days[-1][0]})


def bank_of_russia(rng):
    valutes = [  # id, numeric, code, nominal, name, roubles for the nominal (invented)
        ("R01010", "036", "AUD", 1, "Австралийский доллар", 53.1), ("R01020A", "944", "AZN", 1, "Азербайджанский манат", 48.3),
        ("R01035", "826", "GBP", 1, "Фунт стерлингов", 107.9), ("R01060", "051", "AMD", 100, "Армянских драмов", 21.4),
        ("R01090B", "933", "BYN", 1, "Белорусский рубль", 27.6), ("R01115", "986", "BRL", 1, "Бразильский реал", 15.4),
        ("R01135", "348", "HUF", 100, "Форинтов", 24.6), ("R01150", "704", "VND", 10000, "Донгов", 32.8),
        ("R01200", "344", "HKD", 1, "Гонконгский доллар", 10.6), ("R01210", "981", "GEL", 1, "Лари", 30.3),
        ("R01215", "208", "DKK", 1, "Датская крона", 12.8), ("R01230", "784", "AED", 1, "Дирхам ОАЭ", 22.3),
        ("R01235", "840", "USD", 1, "Доллар США", 82.1665), ("R01239", "978", "EUR", 1, "Евро", 95.4),
        ("R01240", "818", "EGP", 10, "Египетских фунтов", 17.3), ("R01270", "356", "INR", 100, "Индийских рупий", 92.6),
        ("R01280", "360", "IDR", 10000, "Рупий", 49.4), ("R01335", "398", "KZT", 100, "Тенге", 15.8),
        ("R01350", "124", "CAD", 1, "Канадский доллар", 58.4), ("R01355", "634", "QAR", 1, "Катарский риал", 22.5),
        ("R01370", "417", "KGS", 100, "Сомов", 93.9), ("R01375", "156", "CNY", 1, "Юань", 11.5),
        ("R01500", "498", "MDL", 10, "Молдавских леев", 48.2), ("R01530", "566", "NGN", 1000, "Найр", 56.7),
        ("R01535", "578", "NOK", 10, "Норвежских крон", 81.5), ("R01565", "985", "PLN", 1, "Злотый", 22.5),
        ("R01585F", "946", "RON", 1, "Румынский лей", 18.8), ("R01589", "960", "XDR", 1, "СДР (специальные права заимствования)", 111.6),
        ("R01625", "702", "SGD", 1, "Сингапурский доллар", 63.1), ("R01670", "972", "TJS", 10, "Сомони", 88.6),
        ("R01675", "764", "THB", 10, "Батов", 25.4), ("R01700J", "949", "TRY", 10, "Турецких лир", 19.4),
        ("R01710A", "934", "TMT", 1, "Новый туркменский манат", 23.5), ("R01717", "860", "UZS", 10000, "Узбекских сумов", 68.4),
        ("R01720", "980", "UAH", 10, "Гривен", 19.5), ("R01760", "203", "CZK", 10, "Чешских крон", 39.2),
        ("R01770", "752", "SEK", 10, "Шведских крон", 86.3), ("R01775", "756", "CHF", 1, "Швейцарский франк", 102.2),
        ("R01805F", "941", "RSD", 100, "Сербских динаров", 81.4), ("R01810", "710", "ZAR", 10, "Рэндов", 47.6),
        ("R01815", "410", "KRW", 1000, "Вон", 56.3), ("R01820", "392", "JPY", 100, "Иен", 55.71),
    ]
    body, worth, written = "", {}, {}
    for ident, numeric, code, nominal, name, mid in valutes:
        value = f"{mid * rng.uniform(0.97, 1.03):.4f}"
        worth[code] = Fraction(value) / nominal
        comma = value.replace(".", ",")
        written[code] = comma if nominal == 1 else f"{comma} per {nominal}"
        unit = str(float(value) / nominal).replace(".", ",")
        body += (f'<Valute ID="{ident}"><NumCode>{numeric}</NumCode><CharCode>{code}</CharCode><Nominal>{nominal}</Nominal>'
                 f"<Name>{name}</Name><Value>{comma}</Value><VunitRate>{unit}</VunitRate></Valute>")
    whole = f'<?xml version="1.0" encoding="windows-1251"?><ValCurs Date="21.11.2026" name="Foreign Currency Market">{body}</ValCurs>'
    (HERE / "XML_daily.asp.xml").write_bytes(whole.encode("cp1251"))
    expect("XML_daily.asp.xml", "cbr", [("2026-11-21", "RUB", worth, written)], ["RUB", "USD", "KRW"])


def frankfurter(rng):
    codes = [code for code in MID if code not in ENDED]
    days = []
    for back in range(30):
        date = datetime.date(2026, 11, 20) - datetime.timedelta(days=29 - back)
        if date.weekday() < 5:
            rates = {code: str(float(figure(rng, MID[code]))) for code in sorted(codes)}
            days.append((str(date), rates))
    listed = ",".join(f'"{date}":{{' + ",".join(f'"{code}":{rate}' for code, rate in rates.items()) + "}" for date, rates in days)
    (HERE / "frankfurter-v1-series.json").write_text(
        f'{{"amount":1.0,"base":"EUR","start_date":"{days[0][0]}","end_date":"{days[-1][0]}","rates":{{{listed}}}}}', "utf-8")
    expected = [(date, "EUR", per_base(rates), rates) for date, rates in days]
    expect("frankfurter-v1-series.json", "frankfurter", expected, ["EUR", "USD"], {days[0][0], days[-1][0]})
    rows = [f'{{"date":"{date}","base":"EUR","quote":"{code}","rate":{rate}}}' for date, rates in days for code, rate in rates.items()]
    (HERE / "frankfurter-v2.ndjson").write_text("\n".join(rows) + "\n", "utf-8")
    expect("frankfurter-v2.ndjson", "frankfurter", expected, ["EUR", "JPY"], {days[0][0], days[-1][0]})

    date, rates = days[-1]
    hundred = {code: str(round(float(rate) * 100, 4)) for code, rate in rates.items()}
    listed = ",".join(f'"{code}":{rate}' for code, rate in hundred.items())
    (HERE / "frankfurter-v1-amount-100.json").write_text(f'{{"amount":100.0,"base":"EUR","date":"{date}","rates":{{{listed}}}}}', "utf-8")
    expect("frankfurter-v1-amount-100.json", "frankfurter",
           [(date, "EUR", {code: 100 / Fraction(rate) for code, rate in hundred.items()},
             {code: f"{rate} per 100.0" for code, rate in hundred.items()})], ["EUR", "CHF"])


def open_exchange_rates(rng):
    rates = {}
    for code in sorted(set(ISO) | {"BTC", "CNH", "CUC", "GGP", "IMP", "JEP", "BGN", "VEF", "XAG", "XAU"}):
        if code == "USD":
            rates[code] = "1"
        elif code == "BTC":
            rates[code] = "1.0731e-5"
        elif code in ("XAU", "XPT", "XPD"):
            rates[code] = f"{rng.uniform(0.0002, 0.0008):.8f}"
        else:
            rates[code] = f"{MID.get(code, rng.choice([0.4, 3.7, 55.5, 640.2, 4100.7])) / 1.1 * rng.uniform(0.9, 1.1):.6f}".rstrip("0").rstrip(".")
    listed = ",\n".join(f'    "{code}": {rate}' for code, rate in rates.items())
    (HERE / "openexchangerates-latest.json").write_text(
        '{\n  "disclaimer": "Usage subject to terms: https://openexchangerates.org/terms",\n'
        '  "license": "https://openexchangerates.org/license",\n  "timestamp": 1795176000,\n  "base": "USD",\n'
        f'  "rates": {{\n{listed}\n  }}\n}}', "utf-8")
    kept = {code: rate for code, rate in rates.items() if code != "USD"}
    date = str(datetime.datetime.fromtimestamp(1795176000, datetime.timezone.utc).date())
    expect("openexchangerates-latest.json", "openexchangerates", [(date, "USD", per_base(kept), kept)], ["USD", "EUR", "KRW"])


HERE.mkdir(exist_ok=True)
for seed, write in enumerate((ecb_history, ecb_day, bank_of_russia, frankfurter, open_exchange_rates)):
    write(random.Random(seed))
