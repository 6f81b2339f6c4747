/// \file
/// What one pass through a model is, where its file leaves that open: the sizes of the inputs of a graph, or the tokens
/// of a language model without one.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "commands/options/option_table.hpp"
#include "greenml/inspect.hpp"
#include "sheet/messages.hpp"

namespace greenml::cli {

class PassOptions {
 public:
  void declare(OptionTable& table);
  /// Reads what was typed; says what is wrong.
  bool resolve(Messages& messages);
  const InspectOptions& options() const { return options_; }
  /// Says which names no file has. A name that only one of several files has is used there.
  bool check_names(Messages& messages, std::span<const Inspection> inspections) const;

 private:
  std::optional<Complaint> resolve_count(std::string_view option, const Typed& typed, std::int64_t least,
                                         std::int64_t& count) const;
  std::optional<Complaint> resolve_shapes();
  std::optional<Complaint> resolve_numbers(std::string_view option, const std::vector<std::string>& texts, bool is_size,
                                           std::vector<NamedNumber>& numbers) const;

  std::vector<std::string> shape_texts_;
  std::vector<std::string> dimension_texts_;
  std::vector<std::string> value_texts_;
  Typed tokens_;
  Typed past_;
  InspectOptions options_;
};

}  // namespace greenml::cli
