#include "words/header_cell.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fmt/format.h>
#include <utility>

#include "greenml/column_mapping.hpp"
#include "words/excerpt.hpp"
#include "words/unit_spelling.hpp"
#include "words/written_parts.hpp"

namespace greenml {

namespace {

using Kind = HeaderCell::Kind;

/// A word that people write for a field; in small letters, with underscores between its parts.
struct FieldWord {
  std::string_view word;
  FieldId field;
};

constexpr auto field_words = std::to_array<FieldWord>({
    {"acc", field_id("accuracy")},
    {"acc1", field_id("accuracy")},
    {"acc@1", field_id("accuracy")},
    {"top1", field_id("accuracy")},
    {"top_1", field_id("accuracy")},
    {"top@1", field_id("accuracy")},
    {"top1_acc", field_id("accuracy")},
    {"top_1_acc", field_id("accuracy")},
    {"top1_accuracy", field_id("accuracy")},
    {"top_1_accuracy", field_id("accuracy")},
    {"test_acc", field_id("accuracy")},
    {"test_accuracy", field_id("accuracy")},
    {"val_acc", field_id("accuracy")},
    {"val_accuracy", field_id("accuracy")},
    {"top1_error", field_id("error_rate")},
    {"top_1_error", field_id("error_rate")},
    {"wer", field_id("error_rate")},
    {"cer", field_id("error_rate")},
    {"word_error_rate", field_id("error_rate")},
    {"perplexity", field_id("loss")},
    {"ppl", field_id("loss")},
    {"parameters", field_id("params")},
    {"#params", field_id("params")},
    {"#parameters", field_id("params")},
    {"n_params", field_id("params")},
    {"num_params", field_id("params")},
    {"num_parameters", field_id("params")},
    {"param_count", field_id("params")},
    {"total_params", field_id("params")},
    {"active_parameters", field_id("active_params")},
    {"activated_params", field_id("active_params")},
    {"compute", field_id("flops")},
    {"model_size", field_id("size")},
    {"file_size", field_id("size")},
    {"disk_size", field_id("size")},
    {"peak_memory", field_id("memory")},
    {"max_memory", field_id("memory")},
    {"time", field_id("latency")},
    {"inference_time", field_id("latency")},
    {"fps", field_id("throughput")},
    {"inference_energy", field_id("energy")},
    {"energy_consumption", field_id("energy")},
    {"energy_consumed", field_id("energy")},
    {"co2e", field_id("co2")},
    {"co2eq", field_id("co2")},
    {"co2_eq", field_id("co2")},
    {"co2_emissions", field_id("co2")},
    {"co2_eq_emissions", field_id("co2")},
    {"carbon_emissions", field_id("co2")},
    {"emissions", field_id("co2")},
    {"training_compute", field_id("training_flops")},
    {"train_flops", field_id("training_flops")},
    {"train_time", field_id("training_time")},
    {"train_energy", field_id("training_energy")},
    {"training_energy_consumption", field_id("training_energy")},
    {"train_co2", field_id("training_co2")},
    {"training_co2e", field_id("training_co2")},
    {"training_emissions", field_id("training_co2")},
    {"train_cost", field_id("training_cost")},
});

/// Words for a dimension that greenml has no field for by that name: their unit must be one of it.
struct DimensionWord {
  std::string_view word;
  Dimension dimension;
};
constexpr auto dimension_words = std::to_array<DimensionWord>({
    {"power", Dimension::power},
    {"power_consumption", Dimension::power},
    {"power_draw", Dimension::power},
    {"gpu_power", Dimension::power},
    {"cpu_power", Dimension::power},
    {"duration", Dimension::time},
    {"cpu_energy", Dimension::energy},
    {"gpu_energy", Dimension::energy},
    {"ram_energy", Dimension::energy},
});

/// A word that says its unit: "GMACs". Nothing for one of the letters: a word that may be FLOPs or
/// multiply-accumulates.
struct UnitHead {
  std::string_view word;
  std::string_view unit;
};
constexpr auto unit_heads = std::to_array<UnitHead>({
    {"mac", "MAC"},
    {"macs", "MAC"},
    {"mult_adds", "MAC"},
    {"multadds", "MAC"},
    {"madds", "MAC"},
    {"kmacs", "kMAC"},
    {"mmac", "MMAC"},
    {"mmacs", "MMAC"},
    {"gmac", "GMAC"},
    {"gmacs", "GMAC"},
    {"tmacs", "TMAC"},
});

/// Words that may say FLOPs and mean multiply-accumulates.
constexpr auto flop_heads = std::to_array<std::string_view>(
    {"flops", "flop", "mflops", "mflop", "gflops", "gflop", "tflops", "tflop", "#flops", "flops_g", "flops_m"});

/// Words for what may be the quality of a model, on whatever scale.
constexpr auto quality_words =
    std::to_array<std::string_view>({"f1", "f1_score", "auc", "auroc", "roc_auc", "ap", "map", "miou", "iou", "r2",
                                     "mcc", "bleu", "rouge", "precision", "recall", "spearman", "top5", "top_5"});

std::string in_small_letters(std::string_view text) {
  std::string lower(trimmed(text));
  for (char& letter : lower)
    letter = letter == '-' || letter == ' ' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return lower;
}

struct WordAndUnit {
  std::string_view word;
  std::string_view unit;  ///< empty where there is none
};

/// "Energy (kWh)" and "latency [ms]" are a word and a unit.
WordAndUnit split_brackets(std::string_view head) {
  for (const auto& [open, close] : {std::pair('(', ')'), std::pair('[', ']')}) {
    const std::size_t start = head.rfind(open);
    if (!head.ends_with(close) || start == std::string_view::npos || start == 0) continue;
    return {trimmed(head.substr(0, start)), trimmed(head.substr(start + 1, head.size() - start - 2))};
  }
  return {head, ""};
}

std::optional<FieldId> field_of(std::string_view word) {
  if (const std::optional<FieldId> field = find_field(word)) return field;
  const auto found =
      std::find_if(field_words.begin(), field_words.end(), [&](const FieldWord& one) { return one.word == word; });
  return found == field_words.end() ? std::nullopt : std::optional(found->field);
}

template <typename Rows>
bool is_one_of(const Rows& rows, std::string_view word) {
  return std::find(rows.begin(), rows.end(), word) != rows.end();
}

HeaderCell known(FieldId field, const Unit& unit) {
  return {.kind = Kind::known,
          .meaning = {.kind = Meaning::Kind::quantity, .field = field, .unit = &unit, .unit_was_named = true}};
}

HeaderCell asked(FieldId field, std::vector<std::string> choices, Kind kind = Kind::asked) {
  HeaderCell cell = known(field, own_unit(row_of(field)));
  cell.kind = kind;
  cell.choices = std::move(choices);
  return cell;
}

HeaderCell contradiction(Complaint complaint) {
  return {.kind = Kind::contradiction, .complaint = std::move(complaint)};
}

/// "Model size (B)" and "FLOPs (G)" have a unit that is one of two.
std::vector<std::string> choices_of_two(FieldId field, std::string_view unit) {
  if (row_of(field).dimension == Dimension::storage && unit == "B") return {"size:B", "params:B"};
  if (row_of(field).dimension != Dimension::compute || unit.size() > 1) return {};
  if (unit.find_first_of("kKMGTPE") == std::string_view::npos) return {};
  const char prefix = unit == "K" ? 'k' : unit[0];
  return {fmt::format("{}:{}FLOP", row_of(field).name, prefix), fmt::format("{}:{}MAC", row_of(field).name, prefix)};
}

HeaderCell with_unit(std::string_view head, FieldId field, std::string_view unit) {
  const Dimension dimension = row_of(field).dimension;
  if (std::vector<std::string> choices = choices_of_two(field, unit); !choices.empty())
    return asked(field, std::move(choices));
  if (const Unit* read = read_unit(unit, dimension)) return known(field, *read);
  if (std::optional<Complaint> fault = recognised_fault(quote(head), unit, dimension))
    return contradiction(std::move(*fault));
  return {};
}

/// A word alone. The name of a field may be a key of a catalog, which has a unit of its own.
HeaderCell without_unit(FieldId field, bool is_key_of_catalog) {
  const Field& row = row_of(field);
  HeaderCell cell = known(field, own_unit(row));
  cell.meaning.unit_was_named = false;
  if (is_key_of_catalog) return cell;
  if (row.dimension == Dimension::count) return asked(field, choices_for(field), Kind::asked_if_small);
  return is_plain(row.dimension) ? cell : asked(field, choices_for(field));
}

/// "energy_kWh", "size_mb", "top1_percent" and "latency/ms", with any word for the field.
std::optional<HeaderCell> unit_behind(std::string_view head) {
  for (std::size_t at = head.find_last_of("_/ "); at != std::string_view::npos && at > 0;
       at = head.find_last_of("_/ ", at - 1)) {
    const std::optional<FieldId> field = field_of(in_small_letters(head.substr(0, at)));
    if (!field) continue;
    const std::string_view unit = head.substr(at + 1);
    const Dimension dimension = row_of(*field).dimension;
    for (const Unit& one : units)
      if (one.dimension == dimension && !one.key.empty() && one.key == unit) return known(*field, one);
    HeaderCell cell = with_unit(head, *field, unit);
    // A word may be longer than the one that was found: "energy_star" has no unit.
    if (cell.kind != Kind::label) return cell;
  }
  return std::nullopt;
}

HeaderCell asked_flops(std::string_view word) {
  const char prefix = word.starts_with('#') ? 'f' : word[0];
  if (prefix == 'f') return asked(field_id("flops"), choices_for(field_id("flops")));
  const char letter = static_cast<char>(std::toupper(static_cast<unsigned char>(prefix)));
  return asked(field_id("flops"), {fmt::format("flops:{}FLOP", letter), fmt::format("flops:{}MAC", letter)});
}

/// "GMACs", "MACs (G)" and "Mult-Adds (M)", which can be nothing but multiply-accumulates.
std::optional<HeaderCell> macs(std::string_view lower, std::string_view unit) {
  const auto row =
      std::find_if(unit_heads.begin(), unit_heads.end(), [&](const UnitHead& one) { return one.word == lower; });
  if (row == unit_heads.end()) return std::nullopt;
  const bool takes_prefix = row->unit == "MAC" && unit.size() == 1;
  const std::string symbol = takes_prefix ? fmt::format("{}MAC", unit == "K" ? "k" : unit) : std::string(row->unit);
  const Unit* read = find_unit(Dimension::compute, symbol);
  if (read == nullptr || (!unit.empty() && !takes_prefix)) return std::nullopt;
  return known(field_id("flops"), *read);
}

/// A unit of another dimension than the word is of.
std::optional<HeaderCell> wrong_dimension(std::string_view head, std::string_view word, std::string_view unit) {
  for (const DimensionWord& row : dimension_words) {
    if (row.word != word || unit.empty() || read_unit(unit, row.dimension) != nullptr) continue;
    if (std::optional<Complaint> fault = recognised_fault(quote(head), unit, row.dimension))
      return contradiction(std::move(*fault));
  }
  return std::nullopt;
}

}  // namespace

HeaderCell read_header_cell(std::string_view head, bool is_of_greenml) {
  const Meaning meaning = meaning_of(head);
  const bool is_field_alone = meaning.kind == Meaning::Kind::quantity && !meaning.unit_was_named;
  if (meaning.kind != Meaning::Kind::unknown && !is_field_alone) return {.kind = Kind::known, .meaning = meaning};
  if (is_field_alone && is_of_greenml) return without_unit(meaning.field, true);

  const auto [word, unit] = split_brackets(head);
  const std::string lower = in_small_letters(word);
  if (std::optional<HeaderCell> cell = macs(lower, unit)) return *cell;
  if (unit.empty()) {
    if (is_one_of(flop_heads, lower)) return asked_flops(lower);
    if (lower == "fps") return known(field_id("throughput"), own_unit(row_of(field_id("throughput"))));
  }
  if (is_one_of(quality_words, lower) && !find_field(lower))
    return asked(field_id("accuracy"), {"accuracy:%", "accuracy:fraction", "score"}, Kind::asked_if_needed);
  if (std::optional<HeaderCell> wrong = wrong_dimension(head, lower, unit)) return *wrong;
  if (const std::optional<FieldId> field = field_of(lower))
    return unit.empty() ? without_unit(*field, false) : with_unit(head, *field, unit);
  if (unit.empty())
    if (std::optional<HeaderCell> cell = unit_behind(head)) return *cell;
  const Meaning of_lower = meaning_of(lower);
  const bool is_known = of_lower.kind == Meaning::Kind::label || of_lower.kind == Meaning::Kind::result;
  if (unit.empty() && is_known) return {.kind = Kind::known, .meaning = of_lower};
  return {};
}

}  // namespace greenml
