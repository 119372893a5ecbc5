"""A client of the Kopeck ledger over HTTP, on Python's standard library alone."""

import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from decimal import Decimal


class KopeckError(Exception):
    """The ledger refused a request; code is for programs."""

    def __init__(self, problem):
        super().__init__(f"{problem['detail']} ({problem['code']})")
        self.code = problem["code"]
        self.status = problem["status"]
        self.errors = problem.get("errors", [])


class Kopeck:
    """Calls of one book. What changes something has an idempotency key, so a retry cannot do it twice."""

    RETRIES = 4

    def __init__(self, url, key):
        self.url, self.key = url.rstrip("/"), key

    def call(self, method, path, body=None, key=None, **query):
        """The answer as JSON. Without a key of your own one is made, and kept for the retries."""
        asked = {name: value for name, value in query.items() if value is not None}
        target = self.url + path + ("?" + urllib.parse.urlencode(asked) if asked else "")
        headers = {"Authorization": "Bearer " + self.key, "Accept": "application/json"}
        if method != "GET":
            headers["Idempotency-Key"] = key or str(uuid.uuid4())
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body).encode()
        for retry in range(self.RETRIES + 1):
            request = urllib.request.Request(target, data, headers, method=method)
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                wait = error.headers.get("Retry-After")
                problem = json.load(error)
                if wait is None or retry == self.RETRIES:
                    raise KopeckError(problem) from None
                time.sleep(float(wait))
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                # Nobody knows whether it was done: the same key tells.
                if retry == self.RETRIES:
                    raise
                time.sleep(0.1 * 2**retry)

    def pages(self, path, **query):
        """All items of a list."""
        cursor = None
        while True:
            page = self.call("GET", path, cursor=cursor, **query)
            yield from page["items"]
            cursor = page["next"]
            if cursor is None:
                return


def main(url, key):
    """What the generated clients of other languages do, too."""
    kopeck = Kopeck(url, key)
    ada = kopeck.call("POST", "/v1/customers", {"name": "Ada", "country": "GB", "city": "London", "currency": "EUR"})
    bob = kopeck.call("POST", "/v1/customers", {"name": "Bob", "country": "DE", "city": "Bonn", "currency": "EUR"})
    yen = kopeck.call("POST", f"/v1/customers/{ada['id']}/wallets", {"currency": "JPY"})
    sender, receiver = ada["wallets"][0]["id"], bob["wallets"][0]["id"]

    def of(operation, account):
        return next(Decimal(entry["amount"]) for entry in operation["entries"] if entry["account"] == account)

    kopeck.call("POST", "/v1/deposits", {"wallet": sender, "amount": "1000.00"})
    print(f"deposit: {kopeck.call('GET', '/v1/wallets/' + sender)['posted']}")
    hold = kopeck.call("POST", "/v1/holds", {"from": sender, "to": receiver, "amount": "100.00"})
    print(f"hold: {hold['hold']['remaining']}")
    captured = kopeck.call("POST", f"/v1/holds/{hold['id']}/capture", {"amount": "90.00", "final": True})["hold"]
    print(f"captured: {captured['captured']}, released: {captured['released']}")
    converted = kopeck.call("POST", "/v1/transfers", {"from": sender, "to": yen["id"], "amount": "25000", "currency": "JPY"})
    print(f"converted: {converted['exchange']['rate']} {of(converted, sender)}")
    batch = kopeck.call("POST", "/v1/batches", {"operations": [
        {"kind": "deposit", "wallet": sender, "amount": "10.00"},
        {"kind": "transfer", "from": sender, "to": receiver, "amount": "5.00"},
        {"kind": "withdrawal", "wallet": receiver, "amount": "99999.00"},
    ]})
    print("batch:", *[outcome["body"]["kind" if outcome["result"] == "done" else "code"] for outcome in batch["outcomes"]])
    ids = [operation["id"] for operation in kopeck.pages("/v1/operations", account=sender, limit=2)]
    print(f"listed: {len(ids)}, {len(set(ids))}")
    try:
        kopeck.call("POST", "/v1/transfers", {"from": sender, "to": receiver, "amount": "99999.00"})
    except KopeckError as error:
        print(f"refused: {error.code}")
    wallet = kopeck.call("GET", f"/v1/wallets/{sender}")
    print(f"wallet: {wallet['available']}, customer: {wallet['customer'] == ada['id']}")
    statement = kopeck.call("GET", f"/v1/wallets/{yen['id']}/statement")["accounts"][0]
    print(f"statement: {statement['closing']}, lines: {len(statement['lines'])}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
