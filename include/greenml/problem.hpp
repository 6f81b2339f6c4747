/// \file
/// What is wrong with an input, and where. A user's mistakes are collected as problems, never thrown; how they look
/// on a terminal is the command line's business.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace greenml {

/// A note is about what is right as it is, and may be something else than was meant.
enum class Severity { error, warning, note };

/// A place in a file; lines and columns count from 1, columns in bytes. 0 is unknown.
struct Place {
  std::string file = {};
  std::size_t line = 0;
  std::size_t column = 0;
  std::string excerpt = {};  ///< the line, or the part of a long line around the column
  std::size_t caret = 0;     ///< where in the excerpt the column is, in bytes from 0
};

struct Problem {
  Severity severity = Severity::error;
  Place place = {};
  std::string model = {};    ///< the model's name, as it was written; empty where the problem is not a model's
  std::string key = {};      ///< the key in the model or the file; may be empty
  std::string message = {};  ///< raw text of the input may be in it: escape it when it is shown
  std::string hint = {};
};

/// All problems of a run. The first of them are kept in full, the others counted.
class Problems {
 public:
  static constexpr std::size_t kept_in_full = 20;

  void add(Problem problem);
  /// Takes over what was found in a later part of a file, before which there are so many lines. Warnings that are there
  /// already are not taken.
  void append(const Problems& later, std::size_t lines_before);
  /// Whether the next error would only be counted, so that its words need not be found.
  bool full() const { return kept_.size() >= kept_in_full; }
  /// Counts an error that is not kept.
  void count_error() { ++errors_; }

  const std::vector<Problem>& kept() const { return kept_; }
  /// Warnings and notes.
  const std::vector<Problem>& warnings() const { return warnings_; }
  std::size_t errors() const { return errors_; }

 private:
  std::vector<Problem> kept_;      // errors
  std::vector<Problem> warnings_;  // at most as many
  std::size_t errors_ = 0;
};

}  // namespace greenml
