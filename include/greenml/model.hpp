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

struct MethodRow {
  std::string_view name;
  int strength;  ///< how far a quantity that came about so can be trusted
  int demands;   ///< the least strength of what may take its place: what others reported may stand for a measurement
};

/// One row for each method, in their order. What is guessed never takes the place of what is not.
inline constexpr auto methods = std::to_array<MethodRow>({
    {"", 1, 1},
    {"measured", 3, 2},
    {"counted", 3, 2},
    {"reported", 2, 1},
    {"estimated", 0, 0},
    {"assumed", 0, 0},
    {"derived", 1, 1},
});

constexpr const MethodRow& row_of(Method method) { return methods[static_cast<std::size_t>(method)]; }
constexpr std::string_view name_of(Method method) { return row_of(method).name; }

/// Whether a quantity that came about by `now` is a weaker statement than the one by `before` whose place it takes.
constexpr bool is_weaker(Method now, Method before) { return row_of(now).strength < row_of(before).demands; }

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

  const Catalog& catalog() const { return *catalog_; }
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
