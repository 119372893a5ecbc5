"""Imports OFX files, one after another, into a new book by GnuCash's own importer, whose windows are answered by the toolkit as a person
would, and prints, a line a movement, the day and amount that each brought, and after them the day and the ending balance that its
reconciliation asks to be agreed to. Arguments: the book, the account's id as GnuCash knows it, its currency, the files."""
import ctypes
import os
import re
import sys
import sysconfig

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import GLib, Gtk  # noqa: E402
import gnucash  # noqa: E402
from gnucash import gnucash_core_c as core  # noqa: E402

book_file, online, currency, *files = sys.argv[1:]
sys.stdout.reconfigure(encoding="utf-8")
folder = f"/usr/lib/{sysconfig.get_config_var('MULTIARCH')}/gnucash"
for library in ("libgnc-gnome.so", "libgnc-generic-import.so"):
    ctypes.CDLL(f"{folder}/{library}", mode=ctypes.RTLD_GLOBAL)
importer = ctypes.CDLL(f"{folder}/gnucash/libgncmod-ofx.so", mode=ctypes.RTLD_GLOBAL)
engine = ctypes.CDLL(None)


def pointer(of):
    return ctypes.c_void_p(int(of.instance))


Gtk.init(None)
engine.gnc_gsettings_load_backend()
session = gnucash.Session(book_file, gnucash.SessionOpenMode.SESSION_NEW_STORE)
engine.gnc_set_current_session(pointer(session))
account = gnucash.Account(session.book)
account.SetName("Wallet")
account.SetType(core.ACCT_TYPE_BANK)
account.SetCommodity(session.book.get_table().lookup("CURRENCY", currency))
session.book.get_root_account().append_child(account)
engine.gnc_import_set_acc_online_id(pointer(account), online.encode())
parent = Gtk.Window(title="Import")
known = set()


def parts(widget, kind):
    if isinstance(widget, kind):
        yield widget
    if isinstance(widget, Gtk.Container):
        for child in widget.get_children():
            yield from parts(child, kind)


def new_movements():
    for split in account.GetSplitList():
        transaction = split.GetParent()
        guid = split.GetGUID().to_string()
        if guid not in known:
            known.add(guid)
            amount = split.GetAmount()
            yield f"{transaction.GetDate():%Y%m%d} {amount.num() / amount.denom():.2f}", transaction.GetDescription()


class Import:
    """The import of one file: what its windows are answered, until nothing is open but the reconciliation."""

    def __init__(self, file):
        self.file, self.closing, self.said, self.told = file, None, None, 0

    def run(self):
        GLib.timeout_add(50, self.answer)
        GLib.timeout_add_seconds(100, self.give_up)
        importer.gnc_file_ofx_import(ctypes.c_void_p(hash(parent)))
        while self.closing is None:
            Gtk.main_iteration()
        for movement, description in sorted(new_movements()):
            print(movement, description)
        print(self.closing)

    def answer(self):
        for window in Gtk.Window.list_toplevels():
            if not window.get_visible():
                continue
            self.said = [label.get_text() for label in parts(window, Gtk.Label)]
            if isinstance(window, Gtk.FileChooserDialog):
                if window.get_filename() == self.file:
                    window.response(Gtk.ResponseType.ACCEPT)
                else:
                    # It looks into the folder meanwhile, and begins anew each time that it is told.
                    if self.told % 100 == 0:
                        window.set_filename(self.file)
                    self.told += 1
            elif window.get_title() == "Generic import transaction matcher":
                buttons = {button.get_label(): button for button in parts(window, Gtk.Button)}
                buttons["_Reconcile after match"].set_active(True)
                buttons["_OK"].clicked()
            elif "Ending Balance" in self.said:
                # The window is filled in after it is there.
                date, _, ending = (self.said[self.said.index("Difference") + 1:] + [""] * 3)[:3]
                if not (date and ending):
                    continue
                month, day, year = date.split("/")
                self.closing = f"20{year}{month}{day} {re.sub('[^0-9.-]', '', ending)} ending balance"
                window.destroy()
            elif isinstance(window, Gtk.MessageDialog):
                self.closing = "".join(self.said[:1])
                window.response(Gtk.ResponseType.OK)
        return self.closing is None

    def give_up(self):
        print(f"{self.file} is not imported: GnuCash shows {self.said}", file=sys.stderr, flush=True)
        os._exit(1)


for each in files:
    Import(each).run()
# Its libraries are not made to be unloaded.
sys.stdout.flush()
os._exit(0)
