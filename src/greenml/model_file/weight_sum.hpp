/// \file
/// Adds up the weights of a model without a graph: parameters, bytes, multiply-accumulates of a pass, and the rows of
/// its blocks, whose sums are the totals.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "greenml/inspect.hpp"
#include "model_file/weight.hpp"

namespace greenml::model_file {

class WeightSum {
 public:
  void add(const Weight& weight);

  /// Writes what was added into `inspection`: params, active_params, buffers, macs, types, layers. Without a known
  /// language model there are no multiply-accumulates, and `why_no_macs` is the model's. A complaint where a sum is
  /// over 64 bits.
  std::optional<Complaint> finish(LanguageModel& model, const InspectOptions& options, Inspection& inspection);

 private:
  struct Row {
    Layer layer;
    std::uint64_t linear = 0;   ///< multiply-accumulates for each token
    std::uint64_t experts = 0;  ///< those of all experts
    std::uint64_t seen = 0;     ///< experts
    bool is_embedding = false;
  };

  Row& row_of(std::string_view name);
  void add_type(const Weight& weight);
  void check_experts(LanguageModel& model) const;
  std::optional<std::uint64_t> macs_of_row(const Row& row, const LanguageModel& model, std::uint64_t tokens) const;
  void place_attention(std::map<std::string, Row> attention);
  bool add_macs(const LanguageModel& model, const InspectOptions& options, Inspection& inspection);

  std::vector<Row> rows_;
  std::unordered_map<std::string, std::size_t> row_index_;
  std::vector<ElementType> types_;
  std::uint64_t params_ = 0;
  std::uint64_t expert_params_ = 0;
  std::uint64_t buffers_ = 0;
  std::string unknown_;  ///< a tensor whose elements are not known
  std::uint64_t unknown_count_ = 0;
  bool fits_ = true;  ///< all sums are within 64 bits
};

}  // namespace greenml::model_file
