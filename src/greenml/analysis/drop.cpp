#include <fmt/format.h>

#include "greenml/check.hpp"
#include "words/excerpt.hpp"

namespace greenml {

namespace {

/// The most that an amount in per cent may allow, as a fraction: beyond it nothing would ever fall short.
constexpr double most_of_lower_better = 100;

Complaint too_much(std::string_view text, bool of_higher_better) {
  return {fmt::format("{} allows anything", quote(text)),
          of_higher_better ? "what is better when higher cannot fall by 100 % and more" : "10,000 % is the most"};
}

}  // namespace

Parsed<Drop> parse_drop(std::string_view text) {
  Drop drop{.text = std::string(text)};
  const std::size_t equals = text.find('=');
  const std::string_view amount = equals == std::string_view::npos ? text : text.substr(equals + 1);
  std::optional<NamedMeasure> named;
  if (equals != std::string_view::npos) {
    const std::string_view name = text.substr(0, equals);
    named = find_measure(name);
    if (!named) return Complaint{fmt::format("{} is no field or metric", quote(name)), measure_hint(name)};
    drop.measure = named->measure;
  }

  Complaint complaint;
  std::optional<double> value;
  drop.relative = !named || amount.ends_with('%');
  if (drop.relative) {
    std::string_view number = amount;
    if (number.ends_with('%')) number.remove_suffix(1);
    number = number.substr(0, number.find_last_not_of(' ') + 1);
    value = parse_number(number, {1, -2}, complaint);
    if (value && *value != 0 && !amount.ends_with('%'))
      return Complaint{fmt::format("{} of what?", quote(amount)),
                       "write per cent, as in 5%, or name the measure, as in accuracy=0.5"};
  } else if (const std::optional<Dimension> dimension = named->measure.dimension()) {
    value = parse_quantity(amount, *dimension, named->unit, complaint);
  } else {
    value = parse_number(amount, {}, complaint);
  }
  if (!value) return complaint;
  if (*value < 0) return Complaint{fmt::format("{} is negative", quote(text))};
  const bool of_higher_better = !named || named->measure.better() == Better::higher;
  if (drop.relative && (of_higher_better ? *value >= 1 : *value > most_of_lower_better))
    return too_much(text, of_higher_better);
  drop.amount = *value;
  return drop;
}

}  // namespace greenml
