/// \file
/// Phrases that several views share.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace greenml::cli {

/// "1 model", "1,440 models"
std::string plural(std::size_t count, std::string_view one, std::string_view many);

}  // namespace greenml::cli
