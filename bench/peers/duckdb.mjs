// Ranks models with DuckDB, as often as it is told to, and says how long each time took. It starts once, so that neither
// node nor the import of DuckDB is in any time. Every run has an instance of its own, so that nothing is kept.
//
//     node duckdb.mjs top|csv json|ndjson|csv FILE [RANKING]
//
// Each line on standard input is one run; each is answered by a line of JSON: {"seconds": 1.5, "names": [...]}.

import { createInterface } from "node:readline";
import { DuckDBInstance } from "@duckdb/node-api";

// Said in advance, so that DuckDB need not look into the file to find out.
const columns = {
  name: "VARCHAR",
  variant: "VARCHAR",
  task: "VARCHAR",
  dataset: "VARCHAR",
  accuracy_metric: "VARCHAR",
  family: "VARCHAR",
  year: "INTEGER",
  hardware: "VARCHAR",
  accuracy: "DOUBLE",
  params: "BIGINT",
  size_mb: "DOUBLE",
  flops: "BIGINT",
  latency_ms: "DOUBLE",
  energy_j: "DOUBLE",
};

const formats = { json: "array", ndjson: "newline_delimited" };

const text = (value) => `'${value.replaceAll("'", "''")}'`;

const models = (file, format) => {
  const typed = Object.entries(columns).map(([name, type]) => `${name}: ${text(type)}`);
  if (format === "csv") return `read_csv(${text(file)}, header = true, columns = {${typed.join(", ")}})`;
  return `read_json(${text(file)}, format = ${text(formats[format])}, columns = {${typed.join(", ")}})`;
};

const queries = {
  top: (file, format) =>
    `SELECT name, accuracy / (flops / 1e9) AS accuracy_per_gflop FROM ${models(file, format)}
     WHERE accuracy_per_gflop IS NOT NULL ORDER BY accuracy_per_gflop DESC, name LIMIT 20`,
  csv: (file, format, ranking) =>
    `COPY (SELECT *, accuracy / (flops / 1e9) AS accuracy_per_gflop FROM ${models(file, format)}
     ORDER BY accuracy_per_gflop DESC NULLS LAST, name) TO ${text(ranking)} (FORMAT csv, HEADER)`,
};

const run = async (query) => {
  const start = performance.now();
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(query)).getRows();
  connection.closeSync();
  instance.closeSync();
  return { seconds: (performance.now() - start) / 1000, names: rows.map(([name]) => String(name)) };
};

const [job, format, file, ranking] = process.argv.slice(2);
const query = queries[job](file, format, ranking);
for await (const _ of createInterface({ input: process.stdin })) console.log(JSON.stringify(await run(query)));
