/// \file
/// Walks a JSON value with simdjson's on-demand interface and reads every byte of it: that interface validates only
/// what is looked at. Used by the JSON and the NDJSON reader.

#pragma once

#include <array>
#include <simdjson.h>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "read/raw.hpp"

namespace greenml::read {

/// Thrown where the text is not JSON, or nested too deeply; caught by the readers, which find the words.
struct NotJson {
  std::size_t offset;
  bool too_deep;
};

/// Takes the value out of a result, or throws simdjson_error.
template <typename Value>
Value checked(simdjson::simdjson_result<Value> result) {
  Value value;
  if (const simdjson::error_code error = std::move(result).get(value)) throw simdjson::simdjson_error(error);
  return value;
}

class JsonWalk {
 public:
  static constexpr std::size_t deepest = 64;

  explicit JsonWalk(const char* start) : start_(start) {}

  /// Reads an object into `object`, which is cleared first. `depth` is the object's own, from 1.
  void read_object(simdjson::ondemand::value value, std::size_t depth, RawObject& object);
  /// Reads a member's value; objects' members go to `object.nested` where `depth` is that of a model's member.
  RawValue read_value(simdjson::ondemand::value value, std::size_t depth, RawObject& object, bool keep_members);

  std::size_t offset_of(simdjson::ondemand::value value) const {
    return static_cast<std::size_t>(value.raw_json_token().data() - start_);
  }

  /// The key of a field, and whether the object at this depth has had it before.
  RawMember read_key(simdjson::ondemand::field& field);
  bool is_repeated(std::size_t depth, std::string_view key) { return !keys_[depth].insert(key); }
  void begin_keys(std::size_t depth) { keys_[depth].clear(); }

 private:
  /// The keys that an object has had: a list as long as it is short, a set from then on.
  class Keys {
   public:
    bool insert(std::string_view key);
    void clear();

   private:
    static constexpr std::size_t longest_list = 24;
    std::vector<std::string_view> list_;
    std::unordered_set<std::string_view> set_;
  };

  RawValue read_scalar(std::string_view token) const;
  void read_members(simdjson::ondemand::value value, std::size_t depth, RawObject& object,
                    std::vector<RawMember>* members);

  const char* start_;
  std::array<Keys, deepest + 2> keys_;
};

}  // namespace greenml::read
