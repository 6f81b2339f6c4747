/// \file
/// What was counted while a graph was evaluated, and what could not be counted.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "model_file/graph/graph.hpp"

namespace greenml::model_file::graph {

/// A node that ran, and how often.
struct Run {
  const Node* node = nullptr;
  std::uint32_t graph = 0;
  std::uint64_t trips = 1;
  std::uint64_t macs = 0;               ///< of all trips
  std::shared_ptr<const Shape> output;  ///< of the first output; empty where it is not known
};

/// One reason why the multiply-accumulates are not known.
struct Gap {
  std::string what;  ///< "operator DecodeImage is not known"
  std::string node;  ///< the first one that it is about
  std::uint64_t count = 1;
  bool is_operator = false;  ///< an operator that is not known, rather than a size
};

class Tally {
 public:
  std::uint64_t macs = 0;
  bool estimated = false;  ///< an upper bound
  std::vector<Run> runs;   ///< in order of execution; empty where nobody wants them
  std::vector<Gap> gaps;
  std::vector<std::string> notes;

  /// Adds the multiply-accumulates of a node. Throws Malformed where the sum is over 64 bits.
  void add(std::uint64_t node_macs);
  void add_gap(const Gap& gap);
  void add_note(const std::string& note);
  /// Adds what a part of the graph did, so many times.
  void add(const Tally& part, std::uint64_t trips);
  /// Adds one more trip of a body that this tally holds already: its runs are those of the trips before.
  void add_trip(const Tally& trip);

 private:
  void add_words(const Tally& part);
};

}  // namespace greenml::model_file::graph
