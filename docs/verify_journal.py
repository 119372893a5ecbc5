#!/usr/bin/env python3
"""Verifies an export of a Kopeck book (`kopeck journal export`) without Kopeck. The byte forms are in journal.md.

usage: verify_journal.py FILE [NUMBER:HASH]           verifies an export; FILE may be - for standard input
       verify_journal.py FILE --prove NUMBER PLACE    writes a proof of one entry of an operation, places from 0
       verify_journal.py --proof PROOF [HASH]         checks such a proof, without the export

NUMBER:HASH is a head that was noted elsewhere: the export must pass through it. HASH is the operation's, as its owner knows it.
Exits 0 when everything is right, 1 naming the first wrong line, 2 when it cannot be run.
"""
import datetime
import hashlib
import hmac
import json
import struct
import sys

KINDS = {1: "book_opened", 2: "customer_registered", 3: "customer_changed", 4: "customer_erased", 5: "account_opened",
         6: "account_frozen", 7: "account_unfrozen", 8: "account_closed", 9: "floor_set", 10: "quotes_loaded",
         20: "deposit", 21: "withdrawal", 22: "transfer", 23: "posting", 24: "hold", 25: "hold_increased", 26: "hold_extended",
         27: "hold_released", 28: "hold_expired", 29: "capture", 30: "reversal", 31: "book_changed"}


class Wrong(Exception):
    pass


def require(holds, problem):
    if not holds:
        raise Wrong(problem)


def sized(data):
    return struct.pack(">i", len(data)) + data


def sha256(data):
    return hashlib.sha256(data).digest()


HEAD, BODY, ENTRY = b"\x01", b"\x02", b"\x03"


def head_form(line):
    key, batch_key = line["key"], line["batchKey"]
    return (sized(line["book"].encode("ascii"))
            + struct.pack(">qqiq", line["number"], line["group"], line["kindNumber"], line["atMicroseconds"])
            + sized(line["actor"].encode("ascii"))
            + sized(b"" if key is None else sha256(key.encode("ascii"))[:16])
            + sized(b"" if batch_key is None else bytes.fromhex(batch_key))
            + bytes.fromhex(line["fingerprint"]))


def entry_form(entry):
    return struct.pack(">q3sBqq", entry["account"], entry["currency"].encode("ascii"), entry["minorUnits"],
                       int(entry["amountMinor"]), int(entry["balanceMinor"]))


def salt(secret, number, leaf):
    """The salt of an operation's leaf: 0 is its head, 1 its body, then its entries."""
    seed = hmac.new(secret, struct.pack(">q", number), hashlib.sha256).digest()
    pair = sha256(seed + struct.pack(">i", leaf // 2))
    return pair[16:] if leaf % 2 else pair[:16]


def leaf_hashes(secret, line):
    forms = [HEAD + head_form(line), BODY + line["body"].encode("utf-8")] + [ENTRY + entry_form(entry) for entry in line["entries"]]
    return [sha256(salt(secret, line["number"], leaf) + form) for leaf, form in enumerate(forms)]


def chain(previous, leaves):
    return sha256(b"kopeck-operation-2" + previous + b"".join(leaves)).hex()


def prove(secret, line, place):
    """One entry with its salt, and of all else only hashes."""
    leaves = [leaf.hex() for leaf in leaf_hashes(secret, line)]
    leaves[2 + place] = None
    return {"version": "kopeck-operation-2", "number": line["number"], "entry": line["entries"][place], "salt": salt(secret, line["number"], 2 + place).hex(),
            "leaves": leaves, "previousHash": line["previousHash"], "hash": line["hash"]}


def check_proof(proof, known):
    require(proof["version"] == "kopeck-operation-2", "the proof is of another version")
    require(len(proof["salt"]) == 32, "a salt has 16 bytes")
    own = sha256(bytes.fromhex(proof["salt"]) + ENTRY + entry_form(proof["entry"]))
    require(proof["leaves"][:2].count(None) == 0 and proof["leaves"].count(None) == 1, "one leaf is left out: the entry's own")
    leaves = [own if leaf is None else bytes.fromhex(leaf) for leaf in proof["leaves"]]
    require(all(len(leaf) == 32 for leaf in leaves) and len(proof["previousHash"]) == 64, "a hash has 32 bytes")
    require(chain(bytes.fromhex(proof["previousHash"]), leaves) == proof["hash"], "the operation's hash does not cover this entry")
    require(known in (None, proof["hash"]), "the proof is of another operation than the one that is known")


def personal_digest(personal):
    form = bytes.fromhex(personal["salt"])
    for name, text in sorted(personal["values"].items()):
        form += sized(name.encode("utf-8")) + sized(text.encode("utf-8"))
    return hashlib.sha256(form).hexdigest()


class Book:
    def __init__(self, head):
        self.head = head
        self.secret = None
        self.last = None
        self.is_whole = False
        self.balances = {}
        self.with_personal = 0
        self.without_personal = {}
        self.erased = set()
        self.terms = None
        self.terms_number = None

    def check(self, line):
        if self.last is None:
            self.is_whole = line["number"] == 1
            require(not self.is_whole or line["previousHash"] == "0" * 64, "the hash before the first operation is not zero")
            self.secret = bytes.fromhex(line["secret"])
            require(not self.is_whole or sha256(self.secret).hex() == json.loads(line["body"])["secretDigest"],
                    "the secret is not the one that the book was opened with")
        else:
            self.check_follows(line)
        require(line["hash"] == chain(bytes.fromhex(line["previousHash"]), leaf_hashes(self.secret, line)), "the hash does not cover this operation after the one before it")
        require(line["kind"] == KINDS.get(line["kindNumber"]), "kind and kindNumber do not agree")
        at = datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=line["atMicroseconds"])
        require(line["at"] == at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "at and atMicroseconds do not agree")
        require(line["group"] >= line["number"], "a group ends before its operation")
        self.check_entries(line["entries"])
        self.check_personal(line)
        self.check_terms(line)
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

    def check_terms(self, line):
        if line["kindNumber"] not in (1, 31):
            return
        body = json.loads(line["body"])
        terms = (body["quoteMaxAgeDays"], body.get("timeZone", "UTC"), body.get("clockStandsAtMicroseconds"))
        require(terms[0] >= 1, "quotes could not be used on their own date")
        if line["kindNumber"] == 31:
            require(not line["entries"], "an operation of this kind moves nothing")
            if self.terms:
                require(terms != self.terms, "it changes nothing")
                require(body["before"] == self.terms_number, "it does not name the operation that set the terms before")
                require(terms[2] in (None, self.terms[2]) or terms[2] == self.last["atMicroseconds"] == line["atMicroseconds"],
                        "time would stand still at another instant than that of the operation before")
        self.terms, self.terms_number = terms, line["number"]

    def finish(self):
        require(self.last is not None, "there is no operation")
        require(self.last["group"] == self.last["number"], "the last group is cut off")
        require(not self.head or self.last["number"] >= self.head[0], f"the journal ends before operation {self.head and self.head[0]}")
        if self.with_personal:
            for customer, number in self.without_personal.items():
                require(customer in self.erased, f"operation {number} lacks the personal values of customer {customer}, who was not erased")


def read_lines(name):
    with (sys.stdin.buffer if name == "-" else open(name, "rb")) as lines:
        for text in lines:
            yield json.loads(text)


def write_proof(name, number, place):
    secret = None
    for line in read_lines(name):
        secret = secret or bytes.fromhex(line["secret"])
        if line["number"] == number:
            require(0 <= place < len(line["entries"]), f"operation {number} has {len(line['entries'])} entries")
            proof = prove(secret, line, place)
            check_proof(proof, None)
            print(json.dumps(proof, indent=1))
            return 0
    raise Wrong(f"operation {number} is not in the export")


def run_proof(arguments):
    try:
        if arguments[0] != "--proof":
            return write_proof(arguments[0], int(arguments[2]), int(arguments[3]))
        with open(arguments[1], "rb") as file:
            proof = json.load(file)
        check_proof(proof, arguments[2].lower() if len(arguments) == 3 else None)
        print(f"right: the entry {json.dumps(proof['entry'])} is in the operation with the hash {proof['hash']}")
        return 0
    except Wrong as wrong:
        print(f"wrong: {wrong}")
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, struct.error) as error:
        print(f"wrong: not a proof, or not an export: {error!r}")
    return 1


def main(arguments):
    if len(arguments) == 4 and arguments[1] == "--prove" or len(arguments) in (2, 3) and arguments[0] == "--proof":
        return run_proof(arguments)
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
