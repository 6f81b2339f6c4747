/// \file
/// What a view has to show, as a cell. What is not there, or is an empty text, is a missing cell.

#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sheet/sheet.hpp"

namespace greenml::cli {

/// A cell stays as it is: who wants an empty text to be one makes it so.
inline render::Cell cell_of(std::same_as<render::Cell> auto cell) { return cell; }

/// The text must stay.
inline render::Cell cell_of(std::string_view text) { return text.empty() ? render::Cell() : render::Cell(text); }
inline render::Cell cell_of(std::string&& text) {
  return text.empty() ? render::Cell() : render::Cell(std::move(text));
}

template <typename Number>
requires std::integral<Number> || std::floating_point<Number> render::Cell cell_of(Number number) {
  if constexpr (std::same_as<Number, bool> || std::floating_point<Number>)
    return number;
  else
    return static_cast<std::int64_t>(number);
}

template <typename Value>
render::Cell cell_of(const std::optional<Value>& value) {
  return value ? cell_of(*value) : render::Cell();
}

}  // namespace greenml::cli
