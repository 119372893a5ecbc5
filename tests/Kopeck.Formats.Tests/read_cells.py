"""Prints a workbook as openpyxl reads it, a line a cell: its place, its type, its value and what its style says."""
import sys

import openpyxl

TYPES = {"n": "number", "s": "text", "inlineStr": "text", "d": "time", "b": "truth", "f": "FORMULA", "e": "ERROR"}

sys.stdout.reconfigure(encoding="utf-8")
book = openpyxl.load_workbook(sys.argv[1])
for sheet in book.worksheets:
    print(f"# {sheet.title}" + (f" (frozen above {sheet.freeze_panes})" if sheet.freeze_panes else ""))
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None:
                continue
            style = [cell.number_format if cell.number_format != "General" else None, "bold" if cell.font.b else None, "quoted" if cell.quotePrefix else None]
            said = " ".join(word for word in style if word)
            print(f"{cell.coordinate} {TYPES[cell.data_type]} {cell.value}" + (f" [{said}]" if said else ""))
