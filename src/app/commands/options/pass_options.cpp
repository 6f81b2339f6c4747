#include "commands/options/pass_options.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "greenml/spelling.hpp"

namespace greenml::cli {

namespace {

constexpr std::int64_t most_size = (std::int64_t{1} << 40U) - 1;

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::int64_t> size(std::string_view text) {
  const std::optional<std::int64_t> number = whole_number(text);
  return number && *number > 0 && *number <= most_size ? number : std::nullopt;
}

/// NAME=VALUE, split at the last "=": names of inputs may have one.
struct Assignment {
  std::string name;
  std::string_view value;
};

std::optional<Assignment> assignment(std::string_view text) {
  const std::size_t equals = text.rfind('=');
  if (equals == std::string_view::npos || equals == 0) return std::nullopt;
  return Assignment{std::string(text.substr(0, equals)), text.substr(equals + 1)};
}

/// "1x3x224x224"; "scalar" has no dimensions.
std::optional<std::vector<std::int64_t>> shape(std::string_view text) {
  std::vector<std::int64_t> dimensions;
  if (text == "scalar") return dimensions;
  while (true) {
    const std::size_t end = text.find('x');
    const std::optional<std::int64_t> dimension = size(text.substr(0, end));
    if (!dimension || dimensions.size() == 64) return std::nullopt;
    dimensions.push_back(*dimension);
    if (end == std::string_view::npos) return dimensions;
    text.remove_prefix(end + 1);
  }
}

/// Whether something is said of that name already.
template <typename Row>
bool is_said(const std::vector<Row>& rows, const Row& row, std::string Row::*name) {
  return std::any_of(rows.begin(), rows.end(), [&](const Row& other) { return other.*name == row.*name; });
}

using NamesOfFile = std::vector<std::string> InspectNames::*;

bool check_name(Messages& messages, std::string_view option, const std::string& name, NamesOfFile names,
                std::span<const Inspection> inspections) {
  std::vector<std::string_view> known;
  for (const Inspection& inspection : inspections)
    known.insert(known.end(), (inspection.names.*names).begin(), (inspection.names.*names).end());
  if (std::find(known.begin(), known.end(), name) != known.end()) return true;
  std::string hint = did_you_mean(name, known);
  if (hint.empty() && !known.empty()) hint = fmt::format("there is {}", known.front());
  messages.error(fmt::format("{}: no file has {}", option, name), hint);
  return false;
}

}  // namespace

void PassOptions::declare(OptionTable& table) {
  constexpr const char* heading = "One pass";
  table.repeatable("--shape", shape_texts_, "INPUT=SHAPE", "The shape of an input of a graph: input=1x3x224x224")
      .under(heading);
  table.repeatable("--dim", dimension_texts_, "NAME=N", "A dimension that has a name, wherever it occurs: sequence=128")
      .under(heading);
  table
      .repeatable("--value", value_texts_, "INPUT=N",
                  "An input of one whole number or boolean that decides what runs: sr=16000, use_cache=false")
      .under(heading);
  table.value("--tokens", tokens_, "N", "Language models without a graph: count a pass of N tokens (default: 1)")
      .under(heading);
  table.value("--past", past_, "N", "... after N others (default: 0)").under(heading);
}

bool PassOptions::resolve(Messages& messages) {
  return messages.is_good(resolve_count("--tokens", tokens_, 1, options_.tokens)) &&
         messages.is_good(resolve_count("--past", past_, 0, options_.past)) && messages.is_good(resolve_shapes()) &&
         messages.is_good(resolve_numbers("--dim", dimension_texts_, true, options_.dimensions)) &&
         messages.is_good(resolve_numbers("--value", value_texts_, false, options_.values));
}

std::optional<Complaint> PassOptions::resolve_count(std::string_view option, const Typed& typed, std::int64_t least,
                                                    std::int64_t& count) const {
  if (!typed) return std::nullopt;
  const std::optional<std::int64_t> number = whole_number(*typed);
  if (number && *number >= least) {
    count = *number;
    return std::nullopt;
  }
  return Complaint{fmt::format("{}: \"{}\" is not a whole number from {}", option, *typed, least)};
}

std::optional<Complaint> PassOptions::resolve_shapes() {
  for (const std::string& text : shape_texts_) {
    const std::optional<Assignment> typed = assignment(text);
    const std::optional<std::vector<std::int64_t>> dimensions = typed ? shape(typed->value) : std::nullopt;
    if (!dimensions) {
      return Complaint{fmt::format("--shape: \"{}\" is not INPUT=SHAPE", text),
                       "whole numbers joined by x, as in --shape input=1x3x224x224"};
    }
    InputShape row{typed->name, *dimensions};
    if (is_said(options_.shapes, row, &InputShape::input)) {
      return Complaint{fmt::format("--shape: {} is said twice", row.input), "leave one of them out"};
    }
    options_.shapes.push_back(std::move(row));
  }
  return std::nullopt;
}

std::optional<Complaint> PassOptions::resolve_numbers(std::string_view option, const std::vector<std::string>& texts,
                                                      bool is_size, std::vector<NamedNumber>& numbers) const {
  for (const std::string& text : texts) {
    const std::optional<Assignment> typed = assignment(text);
    std::optional<std::int64_t> number;
    if (typed) number = is_size ? size(typed->value) : whole_number(typed->value);
    if (typed && !is_size && (typed->value == "true" || typed->value == "false"))
      number = typed->value == "true" ? 1 : 0;
    if (!number) {
      return Complaint{fmt::format("{}: \"{}\" is not NAME=N", option, text),
                       is_size ? "a whole number from 1, as in --dim sequence=128"
                               : "a whole number, true or false, as in --value sr=16000"};
    }
    NamedNumber row{typed->name, *number};
    if (is_said(numbers, row, &NamedNumber::name)) {
      return Complaint{fmt::format("{}: {} is said twice", option, row.name), "leave one of them out"};
    }
    numbers.push_back(std::move(row));
  }
  return std::nullopt;
}

bool PassOptions::check_names(Messages& messages, std::span<const Inspection> inspections) const {
  bool good = true;
  const auto has_no_graph = [](const Inspection& inspection) { return !inspection.has_graph; };
  if ((tokens_ || past_) && std::none_of(inspections.begin(), inspections.end(), has_no_graph)) {
    messages.error(fmt::format("{}: no file is a language model without a graph", tokens_ ? "--tokens" : "--past"),
                   "--dim and --shape say the sizes of a graph");
    good = false;
  }
  for (const InputShape& row : options_.shapes)
    good = check_name(messages, "--shape", row.input, &InspectNames::inputs, inspections) && good;
  for (const NamedNumber& row : options_.dimensions)
    good = check_name(messages, "--dim", row.name, &InspectNames::dimensions, inspections) && good;
  for (const NamedNumber& row : options_.values)
    good = check_name(messages, "--value", row.name, &InspectNames::scalars, inspections) && good;
  return good;
}

}  // namespace greenml::cli
