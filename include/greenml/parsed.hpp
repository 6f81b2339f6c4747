/// \file
/// What comes of reading something that a person wrote: a value, or a complaint for that person.

#pragma once

#include <optional>
#include <string>
#include <utility>

namespace greenml {

/// What is wrong with something a person wrote, in words for that person.
struct Complaint {
  std::string message;    ///< "0.42 kg" is a mass, not an energy
  std::string hint = {};  ///< what to do about it; may be empty
};

/// A value, or a complaint that says why there is none:
///
///     const Parsed<double> price = parse_price(text);
///     if (!price) return price.complaint();
///     total += *price;
template <typename Value>
class Parsed {
 public:
  using value_type = Value;

  // Both conversions are implicit, so that a function returns either by its name alone.
  Parsed(Value value) : value_(std::move(value)) {}                  // NOLINT(google-explicit-constructor)
  Parsed(Complaint complaint) : complaint_(std::move(complaint)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return value_.has_value(); }
  bool has_value() const { return value_.has_value(); }

  const Value& operator*() const& { return *value_; }
  Value& operator*() & { return *value_; }
  Value&& operator*() && { return *std::move(value_); }
  const Value* operator->() const { return &*value_; }
  Value* operator->() { return &*value_; }

  /// Meaningful only where there is no value.
  const Complaint& complaint() const { return complaint_; }

 private:
  std::optional<Value> value_;
  Complaint complaint_;
};

}  // namespace greenml
