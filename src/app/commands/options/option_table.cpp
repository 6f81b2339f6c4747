#include "commands/options/option_table.hpp"

#include <fmt/format.h>
#include <utility>

namespace greenml::cli {

namespace {

std::function<void(const std::string&)> into(Typed& typed) {
  return [&typed](const std::string& text) { typed = text; };
}

std::function<void(const std::string&)> onto(std::vector<std::string>& values) {
  return [&values](const std::string& text) { values.push_back(text); };
}

}  // namespace

bool Option::is_named(std::string_view word) const {
  return !is_operand() && fmt::format(",{},", names).find(fmt::format(",{},", word)) != std::string::npos;
}

Option& OptionTable::add(Option option) { return rows_.emplace_back(std::move(option)); }

Option& OptionTable::flag(std::string_view names, bool& is_given, std::string_view help) {
  return add({std::string(names), "", std::string(help), Takes::nothing,
              [&is_given](const std::string&) { is_given = true; }});
}

Option& OptionTable::value(std::string_view names, Typed& typed, std::string_view value_name, std::string_view help) {
  return add({std::string(names), std::string(value_name), std::string(help), Takes::a_value, into(typed)});
}

Option& OptionTable::optional_value(std::string_view names, Typed& typed, std::string_view value_name,
                                    std::string_view help) {
  return add({std::string(names), std::string(value_name), std::string(help), Takes::perhaps_a_value, into(typed)});
}

Option& OptionTable::repeatable(std::string_view names, std::vector<std::string>& values, std::string_view value_name,
                                std::string_view help) {
  return add({std::string(names), std::string(value_name), std::string(help), Takes::a_value_each_time, onto(values)});
}

Option& OptionTable::operand(std::string_view name, std::string& text, std::string_view help) {
  const auto take = [&text](const std::string& typed) { text = typed; };
  return add({std::string(name), "", std::string(help), Takes::operand, take}).must_be_given();
}

Option& OptionTable::optional_operand(std::string_view name, Typed& typed, std::string_view help) {
  return add({std::string(name), "", std::string(help), Takes::operand, into(typed)});
}

Option& OptionTable::operands(std::string_view name, std::vector<std::string>& values, std::string_view help) {
  return add({std::string(name), "", std::string(help), Takes::operands, onto(values)}).must_be_given();
}

}  // namespace greenml::cli
