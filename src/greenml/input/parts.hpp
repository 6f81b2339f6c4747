/// \file
/// Where the models of a file go that is read in two parts at a time. A part has a catalog and problems of its own,
/// whose lines are counted from where it begins, until they are put behind those of the part before it.

#pragma once

#include <memory>

#include "input/raw_object.hpp"
#include "input/source_text.hpp"

namespace greenml {
class Interpreter;
}

namespace greenml::read {

class Parts {
 public:
  /// A file that is read in one part, whoever takes its models.
  explicit Parts(RawSink& only);
  /// A file that may be read in two.
  explicit Parts(Interpreter& first);
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
  ~Parts();

  RawSink& first() { return first_; }
  /// Where a later part goes, which another thread reads and `text` begins with; nullptr where there is none.
  RawSink* begin_later(SourceText& text);
  /// Puts the later part behind what came to the first; or forgets it.
  void end_later(bool keep);

 private:
  struct Part;

  RawSink& first_;
  Interpreter* interpreter_ = nullptr;
  std::unique_ptr<Part> later_;
};

}  // namespace greenml::read
