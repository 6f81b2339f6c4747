#include "words/header_cell.hpp"

#include <random>

#include "catch.hpp"
#include "greenml/column_mapping.hpp"

using namespace greenml;

namespace {

/// "energy in kWh", "label", "asked: flops:GFLOP flops:GMAC", "contradiction", for a table of another tool.
std::string said_by(std::string_view head, bool is_of_greenml = false) {
  const HeaderCell cell = read_header_cell(head, is_of_greenml);
  std::string text;
  switch (cell.kind) {
    case HeaderCell::Kind::known:
      if (cell.meaning.kind == Meaning::Kind::label) return "the label " + std::string(cell.meaning.label->name);
      if (cell.meaning.kind == Meaning::Kind::result) return "a result";
      return std::string(row_of(cell.meaning.field).name) + " in " + std::string(cell.meaning.unit->symbol);
    case HeaderCell::Kind::label:
      return "label";
    case HeaderCell::Kind::contradiction:
      return "contradiction";
    case HeaderCell::Kind::asked:
      text = "asked:";
      break;
    case HeaderCell::Kind::asked_if_small:
      text = "asked if small:";
      break;
    case HeaderCell::Kind::asked_if_needed:
      text = "asked if needed:";
      break;
  }
  for (const std::string& choice : cell.choices) text += " " + choice;
  return text;
}

}  // namespace

TEST_CASE("a head that states a quantity and its unit is that quantity") {
  CHECK(said_by("Params (M)") == "params in M");
  CHECK(said_by("params [B]") == "params in B");
  CHECK(said_by("#Params (K)") == "params in k");
  CHECK(said_by("GMACs") == "flops in GMAC");
  CHECK(said_by("gmacs") == "flops in GMAC");
  CHECK(said_by("Mult-Adds (M)") == "flops in MMAC");
  CHECK(said_by("MACs (G)") == "flops in GMAC");
  CHECK(said_by("MACs (x)") == "label");
  CHECK(said_by("macs") == "flops in MAC");
  CHECK(said_by("Energy (kWh)") == "energy in kWh");
  CHECK(said_by("energy_kwh") == "energy in kWh");
  CHECK(said_by("Training energy (kWh)") == "training_energy in kWh");
  CHECK(said_by("train_time_h") == "training_time in h");
  CHECK(said_by("latency [ms]") == "latency in ms");
  CHECK(said_by("Inference time (ms)") == "latency in ms");
  CHECK(said_by("time_s") == "latency in s");
  CHECK(said_by("Top-1 (%)") == "accuracy in %");
  CHECK(said_by("top1_percent") == "accuracy in %");
  CHECK(said_by("acc@1 (%)") == "accuracy in %");
  CHECK(said_by("WER [%]") == "error_rate in %");
  CHECK(said_by("size_mb") == "size in MB");
  CHECK(said_by("Model size (MiB)") == "size in MiB");
  CHECK(said_by("co2_kg") == "co2 in kg");
  CHECK(said_by("CO2eq (kg)") == "co2 in kg");
  CHECK(said_by("FPS") == "throughput in /s");
  CHECK(said_by("FLOPs (GMACs)") == "flops in GMAC");
}

TEST_CASE("a head without its unit must be explained") {
  CHECK(said_by("Energy") == "asked: energy:J energy:Wh energy:kWh");
  CHECK(said_by("energy") == "asked: energy:J energy:Wh energy:kWh");
  CHECK(said_by("CO2") == "asked: co2:g co2:kg co2:t");
  CHECK(said_by("emissions") == "asked: co2:g co2:kg co2:t");
  CHECK(said_by("accuracy") == "asked: accuracy:% accuracy:fraction");
  CHECK(said_by("acc@1") == "asked: accuracy:% accuracy:fraction");
  CHECK(said_by("FLOPs") == "asked: flops:GFLOP flops:GMAC flops:FLOP flops:MAC");
  CHECK(said_by("GFLOPS") == "asked: flops:GFLOP flops:GMAC");
  CHECK(said_by("FLOPs (G)") == "asked: flops:GFLOP flops:GMAC");
  CHECK(said_by("size") == "asked: size:MB size:GB size:MiB size:B");
  CHECK(said_by("Model size (B)") == "asked: size:B params:B");
  CHECK(said_by("param_count") == "asked if small: params:M params:B params:count");
  CHECK(said_by("F1") == "asked if needed: accuracy:% accuracy:fraction score");
}

TEST_CASE("a table with a column name has the keys of a catalog") {
  CHECK(said_by("energy", true) == "energy in J");
  CHECK(said_by("accuracy", true) == "accuracy in %");
  CHECK(said_by("flops", true) == "flops in FLOP");
  CHECK(said_by("Energy", true) == "asked: energy:J energy:Wh energy:kWh");
  CHECK(said_by("rank", true) == "a result");
}

TEST_CASE("a name and a unit of two kinds are a contradiction, and the rest are labels") {
  CHECK(said_by("power_consumption(kWh)") == "contradiction");
  CHECK(said_by("Energy (kW)") == "contradiction");
  CHECK(said_by("latency (J)") == "contradiction");
  CHECK(said_by("FLOPs (GFLOPS)") == "contradiction");
  CHECK(said_by("Dataset") == "the label dataset");
  CHECK(said_by("name") == "the label name");
  CHECK(said_by("Model") == "label");
  CHECK(said_by("energy_star") == "label");
  CHECK(said_by("size (pixels)") == "label");
  CHECK(said_by("epoch_time_s") == "label");
  CHECK(said_by("()") == "label");
  CHECK(said_by("") == "label");
}

TEST_CASE("no spelling of a head becomes a unit that it does not end in") {
  // Words and units as people write them, in every case and bracket: what is taken as a quantity has that unit.
  std::mt19937 random(11);
  const std::vector<std::string> words = {"energy", "Energy", "ENERGY", "latency", "co2",    "CO2eq", "params",
                                          "Params", "size",   "flops",  "FLOPs",   "memory", "acc",   "time"};
  const std::vector<std::string> symbols = {"J",  "kWh", "mWh", "MWh", "wh", "ms", "s",  "M",  "m", "g",    "kg",
                                            "MB", "mb",  "Mb",  "GB",  "%",  "B",  "k",  "K",  "x", "GMAC", "GFLOP",
                                            "t",  "T",   "min", "h",   "mg", "kW", "lb", "us", "G"};
  const std::vector<std::pair<std::string, std::string>> joints = {{" (", ")"}, {"(", ")"}, {" [", "]"}, {"_", ""}};
  const auto pick = [&](const auto& list) {
    return list[std::uniform_int_distribution<std::size_t>(0, list.size() - 1)(random)];
  };
  int known = 0;
  for (int run = 0; run < 20'000; ++run) {
    const std::string symbol = pick(symbols);
    const auto joint = pick(joints);
    const std::string head = pick(words) + joint.first + symbol + joint.second;
    const HeaderCell cell = read_header_cell(head, false);
    if (cell.kind != HeaderCell::Kind::known || cell.meaning.kind != Meaning::Kind::quantity) continue;
    CAPTURE(head, cell.meaning.unit->symbol);
    ++known;
    const Dimension dimension = row_of(cell.meaning.field).dimension;
    const Unit* exact = find_unit(dimension, symbol);
    const bool is_same = exact != nullptr
                             ? exact->scale == cell.meaning.unit->scale
                             : cell.meaning.unit->key == symbol || symbol == "K" || symbol == "B" || symbol == "wh";
    CHECK(is_same);
  }
  CHECK(known > 1000);
}

TEST_CASE("a mapping of the user's is read, and what it lacks is said") {
  CHECK(parse_column_mapping("Energy (kWh)=training_energy:kWh")->unit->symbol == "kWh");
  CHECK(parse_column_mapping("a=b=params")->column == "a=b");
  CHECK(parse_column_mapping("x=drop")->target == ColumnMapping::Target::nothing);
  CHECK(parse_column_mapping("x=precision")->label == "precision");
  CHECK(parse_column_mapping("x=params")->unit->symbol == "count");
  CHECK(parse_column_mapping("x").complaint().message == "\"x\" is not COLUMN=FIELD:UNIT");
  CHECK(parse_column_mapping("x=energy").complaint().hint == "one of energy:J, energy:Wh, energy:kWh");
  CHECK(parse_column_mapping("x=energy:?").complaint().message == "the unit of \"x\" is to be chosen");
  CHECK(parse_column_mapping("x=energy:kg").complaint().message == "kg is a mass, not an energy");
  CHECK(parse_column_mapping("x=enregy:J").complaint().hint == "did you mean energy?");
  CHECK(parse_column_mapping("x=taks").complaint().hint == "did you mean task?");
  CHECK(map_option("it's", "name") == "--map 'it'\\''s=name'");
}
