#include "greenml/field.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "words/excerpt.hpp"
#include "words/unit_spelling.hpp"
#include "words/written_parts.hpp"

namespace greenml {

namespace {

// A new quality is covered by an amount of `check` that names no measure.
static_assert(std::all_of(fields.begin(), fields.end(),
                          [](const Field& field) { return field.role != Role::quality || field.in_bare_amount; }));

/// What to do about a quantity that is given "per token", where that is no part of its unit.
std::optional<Complaint> per_what(const Field& field, std::string_view text) {
  const auto [number, symbol] = split_quantity(text);
  const PerSomething per = per_something(symbol, field.dimension);
  if (per.unit == nullptr || recognised_fault("", symbol, field.dimension)) return std::nullopt;
  const bool of_training = field.name.starts_with("training_");
  if (!of_training && field.help.find("one inference") == std::string_view::npos) return std::nullopt;
  return Complaint{
      fmt::format("{} is per {}", quote(text), cut(per.of)),
      of_training ? fmt::format("{} is of the whole training", field.name)
                  : fmt::format("{0} is of one inference: where that is one {1}, write \"{2} {3}\" and a label that "
                                "says so, as in \"functional_unit\": \"{1}\"",
                                field.name, cut(per.of), number, per.unit->symbol)};
}

/// Whether the digits of a count are those of the largest that keeps all its digits.
bool is_largest_count(std::string_view text) {
  std::string digits;
  for (const char character : text.substr(0, text.find_first_not_of("0123456789.,")))
    if (character != '.' && character != ',') digits += character;
  digits.erase(0, digits.find_first_not_of('0'));
  digits.resize(digits.find_last_not_of('0') + 1);
  return digits == round_trip(whole_count.most);
}

}  // namespace

std::string key_of(const Field& field, const Unit& unit) {
  std::string key(field.name);
  if (!unit.key.empty()) (key += '_') += unit.key;
  return key;
}

Parsed<double> parse_field(const Field& field, const WrittenQuantity& written) {
  const Parsed<double> value = parse_quantity(written.text, field.dimension, written.unit);
  if (!value) {
    if (const std::optional<Complaint> complaint = per_what(field, written.text)) return *complaint;
    return value;
  }

  const char last = written.text.empty() ? '\0' : written.text.back();
  const bool bare = !written.unit_was_named && ((last >= '0' && last <= '9') || last == '.');
  if (field.dimension == Dimension::accuracy && bare && *value > 0 && *value <= 1)
    return Complaint{fmt::format("{} may be a fraction or a percentage", cut(written.text)),
                     fmt::format("write \"{0} %\" or \"{0} fraction\"", cut(written.text))};
  // A double cannot tell the largest count from the next one.
  const bool too_large = field.range.whole && *value == field.range.most && !is_largest_count(written.text);
  const Parsed<double> checked = check_range(field, too_large ? std::nextafter(*value, HUGE_VAL) : *value);
  if (checked) return checked;
  const bool has_unit = written.unit == nullptr || written.text.find_first_of(" %") != std::string_view::npos;
  return Complaint{
      fmt::format("{} {}", has_unit ? quote(written.text) : cut(written.text), checked.complaint().message),
      checked.complaint().hint};
}

Parsed<double> check_range(const Field& field, double value) {
  const Range& range = field.range;
  const auto refuse = [](std::string message, std::string hint = "") {
    return Complaint{std::move(message), std::move(hint)};
  };
  if (value < 0 && range.least >= 0) return refuse("is negative");
  if (value == 0 && !range.zero)
    return refuse(fmt::format("is zero, which {} never is", field.name), "leave out what is not known, or write null");
  if (value < range.least) return refuse(fmt::format("is less than {}", for_people(range.least, field.dimension)));
  if (value > range.most && range.whole)
    return refuse(fmt::format("is more than {}, the largest count that keeps all its digits", round_trip(range.most)));
  if (value > range.most) return refuse(fmt::format("is more than {}", for_people(range.most, field.dimension)));
  // What floats leave behind when a whole number is computed with them.
  constexpr double noise = 1e-12;
  const double whole = std::round(value);
  if (range.whole && std::abs(value - whole) > noise * value) return refuse("is not a whole number");
  return range.whole ? whole : value;
}

}  // namespace greenml
