/// \file
/// Where a report becomes visible: messages to a person go to standard error, results to standard output or to files.

#pragma once

#include "sheet/report.hpp"
#include "system/files.hpp"
#include "system/world.hpp"

namespace greenml::cli {

class Console {
 public:
  /// Shows the messages and writes the results of a report, in their order. Returns its outcome, or that it cannot be
  /// done where not everything could be written.
  Outcome show(Report report, const World& world);

  /// Whether something could not be written because its reader has gone away, of which nothing was said.
  bool reader_is_gone() const { return reader_is_gone_; }

 private:
  bool write(const Result& result, const World& world);

  bool reader_is_gone_ = false;
};

}  // namespace greenml::cli
