#include "commands/options/unit_option.hpp"

#include <fmt/format.h>

#include "greenml/quantity.hpp"

namespace greenml::cli {

bool choose_unit(Messages& messages, std::string_view option, const Typed& typed, const Measure& measure,
                 const Unit*& unit) {
  if (!typed) return true;
  if (!measure.dimension()) {
    messages.error(fmt::format("{}: {} is a plain number", option, measure.name()));
    return false;
  }
  unit = unit_of("1 " + *typed, *measure.dimension());
  if (unit != nullptr) return true;
  const Parsed<double> fault = parse_quantity("1 " + *typed, *measure.dimension(), nullptr);
  const std::string hint = fault ? "greenml list units" : fault.complaint().hint;
  messages.error(fmt::format("{}: \"{}\" is no unit of {}", option, *typed, measure.name()), hint);
  return false;
}

}  // namespace greenml::cli
