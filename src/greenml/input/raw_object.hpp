/// \file
/// What a reader hands on: objects of keys and values as they were written, with their places. Nothing here knows a
/// field or a label.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "greenml/unit.hpp"
#include "input/source_text.hpp"

namespace greenml::read {

enum class RawKind { null, boolean, number, text, object, array };

/// For messages: "is a text, not an array".
constexpr std::string_view phrase_for(RawKind kind) {
  constexpr auto phrases =
      std::to_array<std::string_view>({"null", "true or false", "a number", "a text", "an object", "an array"});
  return phrases[static_cast<std::size_t>(kind)];
}

/// A number as it is written: digits x 10^exponent.
struct RawNumber {
  std::uint64_t digits = 0;
  std::int32_t exponent = 0;
  bool negative = false;
  bool complete = false;  ///< whether `digits` and `exponent` had room for all that is written
};

/// Views are valid until the sink returns; offsets are those of the file.
struct RawValue {
  RawKind kind = RawKind::null;
  bool had_escapes = false;  ///< of a text: whether it may have characters that JSON does not let stand for themselves
  bool is_cell = false;      ///< of a table, where a text may be a number in the unit of its column
  bool lacks_comma = false;  ///< of a cell in a table with decimal commas: a number with a point, which is none there
  RawNumber number = {};     ///< of a number
  std::string_view text =
      {};  ///< of a text, without its escapes; of a number or boolean, as it was written; else empty
  std::string_view cell_number = {};  ///< of a cell: how a quantity reads it, where that is not `text`: 0.42 for 0,42
  std::size_t offset = 0;
  std::size_t first_child = 0;  ///< of an object: its members in RawObject::nested
  std::size_t child_count = 0;
};

struct RawMember {
  std::string_view key;
  std::uint32_t key_number = 0;  ///< from 0; equal keys of a file have the same
  std::size_t key_offset = 0;
  RawValue value;
};

/// The members of one object after another: those of the last are written over, which takes less time than making new
/// ones.
class RawMembers {
 public:
  /// A place for one more, with what stood in it before. Whoever fills it sets the kind and what belongs to that kind.
  RawMember& add() {
    if (size_ == places_.size()) places_.emplace_back();
    return places_[size_++];
  }
  void drop_last() { --size_; }
  void clear() { size_ = 0; }
  const RawMember* begin() const { return places_.data(); }
  const RawMember* end() const { return places_.data() + size_; }

 private:
  std::vector<RawMember> places_;
  std::size_t size_ = 0;
};

/// An object whose members may be objects of plain values; what is deeper was checked to be JSON and left out.
struct RawObject {
  std::size_t offset = 0;
  RawMembers members;
  std::vector<RawMember> nested;
  std::vector<RawMember> repeated;  ///< members, at any depth, whose key the same object has already had

  std::span<const RawMember> children(const RawValue& value) const {
    return std::span(nested).subspan(value.first_child, value.child_count);
  }
  void clear() {
    members.clear();
    nested.clear();
    repeated.clear();
  }
};

/// Where the values of a key go.
enum class PlainUse : std::uint8_t {
  unknown,      ///< the key is not known yet, or its values need more than a look: the model goes the general way
  name,         ///< a text
  label,        ///< a text, a number, true or false
  quantity,     ///< a number that is not negative and has no exponent
  passed_over,  ///< a text, a number, true or false
};

/// A key with this number or a greater one is left to the general way.
inline constexpr std::uint32_t most_plain_keys = 256;

/// What becomes of the values of a key where they are written plainly.
struct PlainKey {
  PlainUse use = PlainUse::unknown;
  /// Keys that mean the same have the same number: a model has one of them. Below `most_plain_keys`.
  std::uint32_t meaning = 0;
  // Of a quantity: by what its numbers are scaled, and which values need no more than a look.
  Scale scale = {};
  double least = 0;
  double most = 0;
  bool is_whole = false;
};

struct PlainQuantity {
  std::uint32_t key_number;
  double value;  ///< scaled as the key says
};

struct PlainLabel {
  std::uint32_t key_number;
  RawKind kind;
  std::string_view text;  ///< Window::padding bytes after it are readable
};

/// A model of which every value is written plainly and no key is there twice: most models of large catalogs. It has the
/// meaning of the RawObject of the same bytes, and takes a fraction of the time.
struct PlainModel {
  std::size_t offset = 0;
  PassedLines passed;     ///< on the way there
  std::string_view name;  ///< not empty
  std::span<const PlainQuantity> quantities;
  std::span<const PlainLabel> labels;
};

/// Takes what a reader finds, in the order of the file.
class RawSink {
 public:
  virtual ~RawSink() = default;
  virtual void model(const RawObject& object) = 0;
  virtual void defaults(const RawObject& object) = 0;
  /// A member of the top-level object other than its models and defaults.
  virtual void header(const RawMember& member) = 0;
  /// Something that is not as the format wants it.
  virtual void problem(std::size_t offset, std::string_view message, std::string_view hint) = 0;

  /// What a person should know of how the file was read.
  virtual void note(std::string_view /*message*/) {}
  /// The columns of a table, before its rows. Every row has a member for each of them, with its number.
  virtual void columns(std::span<const RawMember> /*heads*/) {}

  // Models that are written plainly can be handed over in fewer words.

  /// What becomes of the values of a key. What is known of a key once stays so.
  virtual PlainKey plain_key(std::uint32_t /*key_number*/) { return {}; }
  /// Takes a model, or returns false where more is to be said about it: then it comes as a RawObject.
  virtual bool plain_model(const PlainModel& /*model*/) { return false; }
};

}  // namespace greenml::read
