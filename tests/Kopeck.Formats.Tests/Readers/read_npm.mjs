// Reads a statement with a library of npm and prints, a line a movement, its day and amount, and then the day and amount of the closing balance.
import fs from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [library, folder, file] = process.argv.slice(2);
const require = createRequire(`${folder}/package.json`);
const text = fs.readFileSync(file, "utf8");
const day = (value) => (value instanceof Date ? value.toISOString() : String(value)).replaceAll("-", "").slice(0, 8);
const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const lines = [];
const line = (on, amount) => lines.push(`${day(on)} ${Number(amount).toFixed(2)}`);

function ofx(responses) {
    for (const { STMTRS: statement } of list(responses)) {
        for (const movement of list(statement.BANKTRANLIST.STMTTRN))
            line(movement.DTPOSTED, movement.TRNAMT);
        line(statement.LEDGERBAL.DTASOF, statement.LEDGERBAL.BALAMT);
    }
}

const readers = {
    "ofx-js": async () => ofx((await require("ofx-js").parse(text)).OFX.BANKMSGSRSV1.STMTTRNRS),
    "node-ofx-parser": async () => ofx(require("node-ofx-parser").parse(text).OFX.BANKMSGSRSV1.STMTTRNRS),
    "mt940-js": async () => {
        for (const statement of await require("mt940-js").read(fs.readFileSync(file))) {
            for (const movement of statement.transactions)
                line(movement.valueDate, (movement.isCredit ? 1 : -1) * movement.amount);
            line(statement.closingBalance.date, (statement.closingBalance.isCredit ? 1 : -1) * statement.closingBalance.value);
        }
    },
    "mt940js": async () => {
        const { Parser } = require("mt940js");
        for (const statement of new Parser().parse(text)) {
            for (const movement of statement.transactions)
                line(movement.date, movement.amount);
            line(statement.closingBalanceDate, statement.closingBalance);
        }
    },
    "iso20022.js": async () => {
        const { CashManagementEndOfDayReport } = await import(pathToFileURL(`${folder}/node_modules/iso20022.js/dist/index.mjs`));
        for (const statement of CashManagementEndOfDayReport.fromXML(text).statements) {
            const signed = (of) => (of.creditDebitIndicator === "debit" ? -1 : 1) * of.amount / 100;
            for (const entry of statement.entries)
                line(entry.bookingDate, signed(entry));
            const closing = statement.balances.find((balance) => balance.type === "CLBD");
            line(closing.date, signed(closing));
        }
    },
    "camt-parser": async () => {
        for (const statement of (await require("camt-parser").parseCamt053(text)).statements) {
            const signed = (of) => (of.creditDebitIndicator === "DBIT" ? -1 : 1) * of.amount.value;
            for (const entry of statement.transactions)
                line(entry.bookingDate, signed(entry));
            const closing = statement.balances.find((balance) => balance.type === "CLBD");
            line(closing.date, signed(closing));
        }
    },
};
await readers[library]();
console.log(lines.join("\n"));
