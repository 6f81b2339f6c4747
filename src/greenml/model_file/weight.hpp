/// \file
/// What a tensor of a file of weights is to a count: the terms that all formats without a graph share.

#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/inspect.hpp"

namespace greenml::model_file {

/// What the elements of a tensor count as.
enum class Role {
  parameter,
  buffer,        ///< statistics of a normalisation, or a table that is not trained
  quantisation,  ///< scales and zero points
  index,         ///< integers that are no weights: positions, masks
  unknown,       ///< packed in a way that is not known
};

/// What a language model does with a tensor for each token.
enum class Use {
  none,           ///< a vector, or a table without weights: no multiply-accumulates
  lookup,         ///< a row of it is taken
  embedding,      ///< likewise, and it is the head as well where there is no other
  head,           ///< the matrix that gives the next token
  matrix,         ///< multiplied once
  attention,      ///< likewise, and its block has attention
  expert,         ///< multiplied where its expert is used
  expert_vector,  ///< added where its expert is used
  recurrent,      ///< of a state-space or linear-attention layer, whose scan is no matrix
  unknown,
};

/// Which use a kind of tensors has, told by its name. One row of a format's table.
struct NamedUse {
  std::string_view name;
  Use use;
};

/// The use that the table states; unknown for other names.
Use find_use(std::span<const NamedUse> table, std::string_view name);

/// A tensor as it is counted.
struct Weight {
  std::string_view name;
  Role role = Role::parameter;
  Use use = Use::none;
  std::uint64_t elements = 0;  ///< unpacked
  std::uint64_t bytes = 0;
  std::uint64_t experts = 1;  ///< how many experts the tensor holds
  std::string_view type;      ///< "BF16", "Q4_K", "int4"
};

/// Attention of one block: heads x (key length + value length) for each position that a token attends to.
struct BlockAttention {
  std::string block;
  std::uint64_t macs_per_position = 0;
};

/// What a language model does for a token, besides what its tensors say; or why that is not known.
struct LanguageModel {
  InspectionStatus status = InspectionStatus::exact;
  std::string why_no_macs;
  bool estimated = false;  ///< attention is an upper bound
  bool tied = false;       ///< the embedding is the head
  std::uint64_t experts = 0;
  std::uint64_t experts_used = 0;
  std::vector<BlockAttention> attention;
  std::vector<std::string> notes;

  bool is_known() const { return why_no_macs.empty(); }
  /// Says why there are no multiply-accumulates; the first reason stays.
  void give_up(InspectionStatus why_status, std::string why);
};

/// A block with one kind of matrix has another too: a file that lacks that is not whole. Kinds are told by their ends,
/// so that "mlp.experts.*.up_proj" needs "mlp.experts.*.down_proj".
struct Needs {
  std::string_view kind;
  std::string_view needed;
  std::string_view or_else;  ///< does as well; empty where nothing does
};

/// The first kind that a block lacks though another needs it; empty where none is missing.
std::string missing_kind(const std::set<std::string, std::less<>>& kinds, std::span<const Needs> table);

/// Where a tensor stands: "blk.7" and "attn_q.weight"; the number of an expert is "*". A tensor outside of the blocks
/// stands in a block of its own: "token_embd" and "token_embd.weight".
struct Place {
  std::string block;
  std::string kind;
  bool in_block = false;
};
Place place_of(std::string_view name);

}  // namespace greenml::model_file
