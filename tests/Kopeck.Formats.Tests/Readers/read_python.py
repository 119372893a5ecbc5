"""Reads a file with a library of Python and prints, a line a movement, its day and amount, and then the day and amount of the closing balance where it has one."""
import sys

reader, file = sys.argv[1:3]
sys.stdout.reconfigure(encoding="utf-8")


def ofxparse():
    import ofxparse
    with open(file, "rb") as stream:
        for account in ofxparse.OfxParser.parse(stream).accounts:
            statement = account.statement
            for line in statement.transactions:
                print(f"{line.date:%Y%m%d} {line.amount:.2f}")
            print(f"{statement.balance_date:%Y%m%d} {statement.balance:.2f}")


def beancount():
    from beancount.core import data
    from beancount.ingest import cache
    from beancount.ingest.importers import ofx
    importer = ofx.Importer(sys.argv[3], "Assets:Wallet", balance_type=ofx.BalanceType.DECLARED)
    for entry in importer.extract(cache.get_file(file)):
        if isinstance(entry, data.Transaction):
            print(f"{entry.date:%Y%m%d} {entry.postings[0].units.number:.2f}")
        elif isinstance(entry, data.Balance):
            print(f"{entry.date:%Y%m%d} {entry.amount.number:.2f}")


def pandas():
    import pandas
    # Both by what pandas does unasked, but for what spreadsheets take from the language.
    table = pandas.read_csv(file) if len(sys.argv) == 3 else pandas.read_csv(file, sep=sys.argv[3], decimal=sys.argv[4])
    date, amount, balance = (table.columns[place] for place in (0, 10, 11))
    assert table[amount].dtype.kind == "f" and table[balance].dtype.kind == "f", table.dtypes
    for place in range(len(table)):
        print(f"{table[date][place]} {table[amount][place]:.2f}")


def cells():
    import openpyxl
    sheet = openpyxl.load_workbook(file).worksheets[0]
    for row in sheet.iter_rows(min_row=2):
        day, amount = row[0], row[10]
        assert amount.data_type == "n" and day.is_date, f"{day.value!r} {amount.value!r}"
        print(f"{day.value:%Y%m%d} {amount.value:.2f}")


{"ofxparse": ofxparse, "beancount": beancount, "pandas": pandas, "cells": cells}[reader]()
