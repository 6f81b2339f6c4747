#include "words/json_quoted.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace greenml {

std::string json_quoted(std::string_view text) {
  // Nearly all texts are of this kind, and a catalog of a million models has many.
  const auto stands_for_itself = [](char one) { return one >= ' ' && one <= '~' && one != '"' && one != '\\'; };
  if (std::all_of(text.begin(), text.end(), stands_for_itself)) {
    std::string quoted = "\"";
    return (quoted += text) += '"';
  }
  constexpr int in_one_line = -1;
  return nlohmann::json(std::string(text)).dump(in_one_line, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace greenml
