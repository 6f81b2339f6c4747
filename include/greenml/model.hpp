/// \file
/// One model of a catalog: a view of a row, cheap to copy, valid as long as its catalog.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "greenml/field.hpp"

namespace greenml {

class Catalog;

/// How a quantity came about. `derived` is never written in a catalog: greenml computed it from others.
enum class Method : std::uint8_t { unstated, measured, counted, reported, estimated, assumed, derived };

inline constexpr auto method_names =
    std::to_array<std::string_view>({"", "measured", "counted", "reported", "estimated", "assumed", "derived"});

constexpr std::string_view name_of(Method method) { return method_names[static_cast<std::size_t>(method)]; }

/// What a catalog says of a quantity besides its value.
struct Origin {
  Method method = Method::unstated;
  std::string source;           ///< may be empty
  std::optional<double> error;  ///< plus-minus, in the field's own unit
  bool computed = false;        ///< by greenml, from other quantities; `source` is the formula

  /// Whether a what-if put it in the place of what is stated.
  bool is_what_if() const { return computed && method == Method::assumed; }

  bool operator==(const Origin&) const = default;
};

enum class LabelKind : std::uint8_t { missing, text, number, boolean };

/// A label's value; a number or boolean is in the digits or letters of the file.
struct LabelValue {
  LabelKind kind = LabelKind::missing;
  std::string_view text;
};

class Model {
 public:
  Model(const Catalog& catalog, std::size_t row) : catalog_(&catalog), row_(row) {}

  std::size_t row() const { return row_; }
  std::string_view name() const;
  /// In the field's own unit; nothing where it is not known, which is never 0.
  std::optional<double> value(FieldId field) const;
  const Origin& origin(FieldId field) const;
  /// The text of a label; empty where the model has none.
  std::string_view label(std::string_view key) const;
  LabelValue label_value(std::string_view key) const;

  std::string_view file() const;
  std::size_t line() const;  ///< of the model's first character in its file, from 1

 private:
  const Catalog* catalog_;
  std::size_t row_;
};

}  // namespace greenml
