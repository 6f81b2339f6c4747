/// \file
/// Reads an array of models, or the rest of one, from a part of a JSON document: in one pass where they are written
/// plainly, and by the structure of their bytes where they are not.

#pragma once

#include <cstddef>
#include <string_view>

#include "input/json/plain_walk.hpp"
#include "input/json/structural_index.hpp"
#include "input/json/walk.hpp"
#include "input/raw_object.hpp"

namespace greenml::read {

/// What may come where a document is at.
enum class Next { document, model_or_end, model, comma_in_models, member_or_end, member, comma_in_top, nothing };

/// How far a document was read.
struct JsonPlace {
  std::size_t done = 0;  ///< the offset up to which all was read
  Next next = Next::document;
};

class JsonModels {
 public:
  explicit JsonModels(RawSink& sink) { put_into(sink); }

  void put_into(RawSink& sink);
  /// The walk that reads what is not written plainly.
  JsonWalk& walk() { return walk_; }

  /// Reads models from the place on, if it is among models: in one pass, or a model that is not written plainly by the
  /// structure of its own bytes. Ends at the end of the array or the text, and at what is no model, no JSON or not
  /// complete: `read_next` says more about that. The text begins at `start` in its file and stands in a window.
  void read_each(std::string_view text, std::size_t start, JsonPlace& place);

  /// Reads with the walk, up to after the next model or comma. False at the end of the array, which is left to be read.
  bool read_next(Next& next);

 private:
  void read_model();
  std::size_t read_by_itself(std::string_view text, std::size_t start);

  RawSink* sink_ = nullptr;
  JsonWalk walk_;
  PlainWalk plain_{walk_.keys()};
  Structure structure_;  // of a model by itself
  RawObject object_;
};

}  // namespace greenml::read
