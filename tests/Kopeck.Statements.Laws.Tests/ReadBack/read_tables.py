"""Reads every CSV and XLSX file of a folder with Python's csv module and openpyxl, and writes its rows as texts to NAME.rows.json."""
import csv
import datetime
import json
import pathlib
import sys

import openpyxl


def text(value):
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="microseconds") + "Z"
    return str(value)


def csv_rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def xlsx_rows(path):
    book = openpyxl.load_workbook(path)
    sheets = [sheet for sheet in book.worksheets if sheet.freeze_panes in ("A2", "B2")]
    assert sheets, "no sheet has a frozen heading"
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row), "there is a formula"
    return {sheet.title: [[text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    rows = csv_rows(path) if path.suffix in (".csv", ".csv-summary") else xlsx_rows(path) if path.suffix == ".xlsx" else None
    if rows is not None:
        path.with_name(path.name + ".rows.json").write_text(json.dumps(rows), encoding="utf-8")
