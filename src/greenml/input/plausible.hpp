/// \file
/// What a number that was written without a unit is hardly meant to be: a network of 1.8 FLOP, a latency of an hour.
/// One row of the table is one such doubt; whether figures can be right at all is the business of audit.hpp.

#pragma once

#include <algorithm>
#include <array>
#include <string>

#include "greenml/field.hpp"
#include "greenml/model.hpp"

namespace greenml {

/// The fields that the table has a doubt about.
inline constexpr auto doubted_fields =
    std::to_array<FieldId>({field_id("flops"), field_id("size"), field_id("latency"), field_id("training_power")});

constexpr bool may_be_doubted(FieldId field) {
  return std::find(doubted_fields.begin(), doubted_fields.end(), field) != doubted_fields.end();
}

/// Whether the model's value of the field, taken in the field's own unit, is hardly meant so.
bool is_hardly_meant(FieldId field, const Model& model);

/// "is 1.8 FLOP, fewer than its 25.6 M parameters". The value must be hardly meant.
std::string doubt_about(FieldId field, const Model& model);

/// How a quantity of the field is written with its unit: `"flops": "1.8 GFLOP" or "flops_gflop": 1.8`.
std::string example_with_unit(FieldId field);

}  // namespace greenml
