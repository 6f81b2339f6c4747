// Ranks models with what node has built in, as one would in a script.
//
//     node rank.mjs top|csv json|ndjson FILE

import { createReadStream, readFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";

const columns = ["name", "variant", "task", "dataset", "accuracy_metric", "family", "year", "hardware", "accuracy", "params",
  "size_mb", "flops", "latency_ms", "energy_j", "accuracy_per_gflop"];

const readers = {
  json: (file) => JSON.parse(readFileSync(file, "utf8")),
  ndjson: async (file) => {
    const models = [];
    for await (const line of createInterface({ input: createReadStream(file) })) models.push(JSON.parse(line));
    return models;
  },
};

const byName = (one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0);
const byRank = (one, other) => other.accuracy_per_gflop - one.accuracy_per_gflop || byName(one, other);
const isRanked = (model) => model.accuracy !== undefined && model.flops !== undefined;

const cell = (value) => {
  const text = String(value ?? "");
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const print = (lines) => {
  const piece = 10_000;
  for (let first = 0; first < lines.length; first += piece) writeSync(1, lines.slice(first, first + piece).join("\n") + "\n");
};

const printers = {
  top: (ranked) => print(ranked.slice(0, 20).map((model) => model.name)),
  csv: (ranked, rest) => {
    const rows = ranked.concat(rest.sort(byName)).map((model) => columns.map((column) => cell(model[column])).join(","));
    print([columns.join(",")].concat(rows));
  },
};

const [job, format, file] = process.argv.slice(2);
const models = await readers[format](file);
const ranked = models.filter(isRanked);
for (const model of ranked) model.accuracy_per_gflop = model.accuracy / (model.flops / 1e9);
printers[job](ranked.sort(byRank), job === "csv" ? models.filter((model) => !isRanked(model)) : []);
