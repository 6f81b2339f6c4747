#include "program.hpp"

#include <exception>
#include <fmt/format.h>
#include <new>

#include "help_page.hpp"
#include "parse_command_line.hpp"

namespace greenml::cli {

namespace {

Report obey(World& world, const Parsing& parsing) {
  if (const auto* complaint = std::get_if<Complaint>(&parsing)) return report_of(*complaint);
  if (const auto* text = std::get_if<std::string>(&parsing)) return report_of(*text);
  return std::get<Action>(parsing)(world);
}

}  // namespace

Outcome run(Console& console, int argument_count, const char* const* arguments) {
  World world;
  try {
    const Parsing parsing = parse_command_line(argument_count, arguments, help_width(world));
    return console.show(obey(world, parsing), world);
  } catch (const std::bad_alloc&) {
    // More was asked for than any machine has.
    return console.show(report_of(Complaint{"not enough memory"}), world);
  } catch (const std::exception& error) {
    const std::string message = fmt::format("this is a defect of greenml, please report it: {}", error.what());
    return console.show(report_of(Complaint{message}), world);
  }
}

}  // namespace greenml::cli
