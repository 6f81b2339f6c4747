#include "program.hpp"

#include <exception>
#include <fmt/format.h>
#include <new>

#include "help_page.hpp"
#include "parse_command_line.hpp"

namespace greenml::cli {

namespace {

Outcome print_text(Console& console, std::string_view text) {
  return console.print("", [&](render::Writer& out) { out << text; }) ? Outcome::done : Outcome::cannot;
}

Outcome obey(Console& console, const Parsing& parsing) {
  if (const auto* complaint = std::get_if<Complaint>(&parsing)) {
    console.error(*complaint);
    return Outcome::cannot;
  }
  if (const auto* text = std::get_if<std::string>(&parsing)) return print_text(console, *text);
  return std::get<Action>(parsing)(console);
}

}  // namespace

Outcome run(Console& console, int argument_count, const char* const* arguments) {
  try {
    return obey(console, parse_command_line(argument_count, arguments, help_width(console)));
  } catch (const std::bad_alloc&) {
    // More was asked for than any machine has.
    console.error("not enough memory");
  } catch (const std::exception& error) {
    console.error(fmt::format("this is a defect of greenml, please report it: {}", error.what()));
  }
  return Outcome::cannot;
}

}  // namespace greenml::cli
