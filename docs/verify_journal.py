#!/usr/bin/env python3
"""Verifies an export of a Kopeck book (`kopeck journal export`) without Kopeck. The byte forms are in journal.md.

usage: verify_journal.py FILE [NUMBER:HASH]      FILE may be - for standard input

NUMBER:HASH is a head that was noted elsewhere: the export must pass through it.
Exits 0 when everything is right, 1 naming the first wrong line, 2 when it cannot be run.
"""
import datetime
import hashlib
import json
import struct
import sys

KINDS = {1: "book_opened", 2: "customer_registered", 3: "customer_changed", 4: "customer_erased", 5: "account_opened",
         6: "account_frozen", 7: "account_unfrozen", 8: "account_closed", 9: "floor_set", 10: "quotes_loaded",
         20: "deposit", 21: "withdrawal", 22: "transfer", 23: "posting"}


class Wrong(Exception):
    pass


def require(holds, problem):
    if not holds:
        raise Wrong(problem)


def sized(data):
    return struct.pack(">i", len(data)) + data


def entries_form(entries):
    return b"".join(struct.pack(">q3sBqq", entry["account"], entry["currency"].encode("ascii"), entry["minorUnits"],
                                int(entry["amountMinor"]), int(entry["balanceMinor"])) for entry in entries)


def operation_hash(line):
    key = line["key"]
    form = (b"kopeck-operation-1" + bytes.fromhex(line["previousHash"]) + sized(line["book"].encode("ascii"))
            + struct.pack(">qqiq", line["number"], line["group"], line["kindNumber"], line["atMicroseconds"])
            + sized(line["actor"].encode("ascii"))
            + sized(b"" if key is None else hashlib.sha256(key.encode("ascii")).digest())
            + bytes.fromhex(line["fingerprint"]) + sized(line["body"].encode("utf-8")) + sized(entries_form(line["entries"])))
    return hashlib.sha256(form).hexdigest()


def personal_digest(personal):
    form = bytes.fromhex(personal["salt"])
    for name, text in sorted(personal["values"].items()):
        form += sized(name.encode("utf-8")) + sized(text.encode("utf-8"))
    return hashlib.sha256(form).hexdigest()


class Book:
    def __init__(self, head):
        self.head = head
        self.last = None
        self.is_whole = False
        self.balances = {}
        self.with_personal = 0
        self.without_personal = {}
        self.erased = set()

    def check(self, line):
        if self.last is None:
            self.is_whole = line["number"] == 1
            require(not self.is_whole or line["previousHash"] == "0" * 64, "the hash before the first operation is not zero")
        else:
            self.check_follows(line)
        require(line["hash"] == operation_hash(line), "the hash does not cover this operation after the one before it")
        require(line["kind"] == KINDS.get(line["kindNumber"]), "kind and kindNumber do not agree")
        at = datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=line["atMicroseconds"])
        require(line["at"] == at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "at and atMicroseconds do not agree")
        require(line["group"] >= line["number"], "a group ends before its operation")
        self.check_entries(line["entries"])
        self.check_personal(line)
        if self.head and self.head[0] == line["number"]:
            require(self.head[1] == line["hash"], "another hash was noted elsewhere: the history was rewritten")
        self.last = line

    def check_follows(self, line):
        last = self.last
        require(line["book"] == last["book"], "it is of another book")
        require(line["number"] == last["number"] + 1, f"operation {last['number'] + 1} is missing")
        require(line["previousHash"] == last["hash"], "previousHash is not the hash of the operation before it")
        require(line["atMicroseconds"] >= last["atMicroseconds"], "time runs backwards")
        if last["group"] != last["number"]:
            require(all(line[name] == last[name] for name in ("group", "atMicroseconds", "actor", "key", "fingerprint")),
                    f"it does not belong to the group that ends with {last['group']}")

    def check_entries(self, entries):
        sums = {}
        for entry in entries:
            amount, balance = int(entry["amountMinor"]), int(entry["balanceMinor"])
            account, currency = entry["account"], entry["currency"]
            sums[currency] = sums.get(currency, 0) + amount
            if self.is_whole or account in self.balances:
                before, held = self.balances.get(account, (0, currency))
                require(held == currency, f"account {account} holds {held}")
                require(before + amount == balance, f"the balance of account {account} is not the one before it plus the amount")
            self.balances[account] = (balance, currency)
        require(not any(sums.values()), "the entries of a currency do not sum to zero")

    def check_personal(self, line):
        if line["kindNumber"] == 4:
            self.erased.add(json.loads(line["body"])["customer"])
        if line["kindNumber"] not in (2, 3):
            require("personal" not in line, "an operation of this kind has no personal values")
            return
        body = json.loads(line["body"])
        if "personal" in line:
            require(personal_digest(line["personal"]) == body["personalDigest"], "the personal values are not those of the digest")
            self.with_personal += 1
        else:
            self.without_personal.setdefault(body.get("customer", line["number"]), line["number"])

    def finish(self):
        require(self.last is not None, "there is no operation")
        require(self.last["group"] == self.last["number"], "the last group is cut off")
        require(not self.head or self.last["number"] >= self.head[0], f"the journal ends before operation {self.head and self.head[0]}")
        if self.with_personal:
            for customer, number in self.without_personal.items():
                require(customer in self.erased, f"operation {number} lacks the personal values of customer {customer}, who was not erased")


def main(arguments):
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    number, _, digest = arguments[1].partition(":") if len(arguments) == 2 else ("", "", "")
    book = Book((int(number), digest.lower()) if number else None)
    place = 0
    try:
        with (sys.stdin.buffer if arguments[0] == "-" else open(arguments[0], "rb")) as lines:
            for place, text in enumerate(lines, 1):
                book.check(json.loads(text))
        book.finish()
    except Wrong as wrong:
        print(f"line {place}: {wrong}")
        return 1
    except (ValueError, KeyError, TypeError, AttributeError, struct.error, OverflowError) as error:
        print(f"line {place}: not a line of an export: {error!r}")
        return 1
    last = book.last
    print(f"right: {place} operations of book {last['book']}, {book.with_personal} sets of personal values; head {last['number']}:{last['hash']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
