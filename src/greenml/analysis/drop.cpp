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

/// "5%" as 0.05. Nothing but 0 goes without the sign.
Parsed<double> parse_share(std::string_view text) {
  std::string_view number = text;
  if (number.ends_with('%')) number.remove_suffix(1);
  number = number.substr(0, number.find_last_not_of(' ') + 1);
  Parsed<double> value = parse_number(number, {1, -2});
  if (value && *value != 0 && !text.ends_with('%'))
    return Complaint{fmt::format("{} of what?", quote(text)),
                     "write per cent, as in 5%, or name the measure, as in accuracy=0.5"};
  return value;
}

Parsed<double> parse_amount(std::string_view text, const NamedMeasure& named) {
  const std::optional<Dimension> dimension = named.measure.dimension();
  return dimension ? parse_quantity(text, *dimension, named.unit) : parse_number(text);
}

}  // namespace

Parsed<Drop> parse_drop(std::string_view text) {
  Drop drop{.text = std::string(text)};
  const std::size_t equals = text.find('=');
  const std::string_view amount = equals == std::string_view::npos ? text : text.substr(equals + 1);
  std::optional<NamedMeasure> named;
  if (equals != std::string_view::npos) {
    const std::string_view name = text.substr(0, equals);
    const Parsed<NamedMeasure> found = find_measure_or_label(name, Better::higher);
    if (!found) return found.complaint();
    named = *found;
    drop.measure = named->measure;
    drop.lacks_direction = !named->measure.label().empty() && name.find(':') == std::string_view::npos;
  }

  drop.relative = !named || amount.ends_with('%');
  const Parsed<double> value = drop.relative ? parse_share(amount) : parse_amount(amount, *named);
  if (!value) return value.complaint();
  if (*value < 0) return Complaint{fmt::format("{} is negative", quote(text))};
  const bool of_higher_better = !named || named->measure.better() == Better::higher;
  if (drop.relative && (of_higher_better ? *value >= 1 : *value > most_of_lower_better))
    return too_much(text, of_higher_better);
  drop.amount = *value;
  return drop;
}

}  // namespace greenml
