#include "view/phrases.hpp"

#include <fmt/format.h>

#include "greenml/quantity.hpp"

namespace greenml::cli {

std::string plural(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", thousands(count), count == 1 ? one : many);
}

}  // namespace greenml::cli
