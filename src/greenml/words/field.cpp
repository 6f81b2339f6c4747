#include "greenml/field.hpp"

#include <cmath>
#include <fmt/format.h>

#include "words/excerpt.hpp"

namespace greenml {

std::string key_of(const Field& field, const Unit& unit) {
  return unit.key.empty() ? std::string(field.name) : fmt::format("{}_{}", field.name, unit.key);
}

std::optional<double> parse_field(const Field& field, const WrittenQuantity& written, Complaint& complaint) {
  const std::optional<double> value = parse_quantity(written.text, field.dimension, written.unit, complaint);
  if (!value) return std::nullopt;

  const char last = written.text.empty() ? '\0' : written.text.back();
  const bool bare = !written.unit_was_named && ((last >= '0' && last <= '9') || last == '.');
  if (field.dimension == Dimension::accuracy && bare && *value > 0 && *value <= 1) {
    complaint = {fmt::format("{} may be a fraction or a percentage", cut(written.text)),
                 fmt::format("write \"{0} %\" or \"{0} fraction\"", cut(written.text))};
    return std::nullopt;
  }
  if (check_range(field, *value, complaint)) return value;
  const bool has_unit = written.unit == nullptr || written.text.find_first_of(" %") != std::string_view::npos;
  complaint.message = fmt::format("{} {}", has_unit ? quote(written.text) : cut(written.text), complaint.message);
  return std::nullopt;
}

bool check_range(const Field& field, double value, Complaint& complaint) {
  const Range& range = field.range;
  const auto refuse = [&](std::string message, std::string hint = "") {
    complaint = {std::move(message), std::move(hint)};
    return false;
  };
  if (value < 0) return refuse("is negative");
  if (value == 0 && !range.zero)
    return refuse(fmt::format("is zero, which {} never is", field.name), "leave out what is not known, or write null");
  if (value < range.least) return refuse(fmt::format("is less than {}", for_people(range.least, field.dimension)));
  if (value > range.most && range.whole)
    return refuse(fmt::format("is more than {}, the largest count that keeps all its digits", round_trip(range.most)));
  if (value > range.most) return refuse(fmt::format("is more than {}", for_people(range.most, field.dimension)));
  if (range.whole && value != std::floor(value)) return refuse("is not a whole number");
  return true;
}

}  // namespace greenml
