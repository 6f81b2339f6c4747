#include "model_file/weight_sum.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <utility>

#include "model_file/checked.hpp"
#include "model_file/message.hpp"

namespace greenml::model_file {

namespace {

constexpr std::size_t most_rows = 16384;

/// Adds to a sum; false where it does not fit into 64 bits.
bool add_to(std::uint64_t& sum, std::uint64_t value) { return !__builtin_add_overflow(sum, value, &sum); }

bool add_product(std::uint64_t& sum, std::uint64_t left, std::uint64_t right) {
  const std::optional<std::uint64_t> product = checked_product(left, right);
  return product && add_to(sum, *product);
}

bool counts_for_each_token(Use use) { return use == Use::matrix || use == Use::attention || use == Use::head; }

}  // namespace

WeightSum::Row& WeightSum::row_of(std::string_view name) {
  Place place = place_of(name);
  std::string key = place.block + '\n' + place.kind;
  if (rows_.size() >= most_rows && row_index_.find(key) == row_index_.end()) {
    place = {"others", "others"};
    key = "\n";
  }
  const auto [found, is_new] = row_index_.emplace(std::move(key), rows_.size());
  if (is_new) {
    rows_.emplace_back();
    rows_.back().layer.name = is_line(place.block) ? std::move(place.block) : shown(place.block);
    rows_.back().layer.kind = is_line(place.kind) ? std::move(place.kind) : shown(place.kind);
  }
  return rows_[found->second];
}

void WeightSum::add_type(const Weight& weight) {
  auto found = std::find_if(types_.begin(), types_.end(), [&](const auto& row) { return row.type == weight.type; });
  if (found == types_.end()) found = types_.insert(types_.end(), {std::string(weight.type)});
  fits_ = add_to(found->elements, weight.elements) && add_to(found->bytes, weight.bytes) && fits_;
}

void WeightSum::add(const Weight& weight) {
  Row& row = row_of(weight.name);
  switch (weight.role) {
    case Role::parameter:
      fits_ = add_to(params_, weight.elements) && add_to(row.layer.params, weight.elements) && fits_;
      add_type(weight);
      break;
    case Role::buffer:
      fits_ = add_to(buffers_, weight.elements) && add_to(row.layer.buffers, weight.elements) && fits_;
      return;
    case Role::unknown:
      if (unknown_count_++ == 0) unknown_ = weight.name;
      return;
    case Role::quantisation:
    case Role::index:
      return;
  }
  const bool is_expert = weight.use == Use::expert || weight.use == Use::expert_vector;
  if (is_expert) fits_ = add_to(expert_params_, weight.elements) && fits_;
  if (weight.use == Use::expert) {
    fits_ = add_to(row.experts, weight.elements) && fits_;
    row.seen += weight.experts;
  }
  if (counts_for_each_token(weight.use) || weight.use == Use::embedding)
    fits_ = add_to(row.linear, weight.elements) && fits_;
  row.is_embedding = row.is_embedding || weight.use == Use::embedding;
}

/// Each matrix of a block must be there for all experts: with fewer, the share of those that are used is not known.
void WeightSum::check_experts(LanguageModel& model) const {
  for (const Row& row : rows_) {
    if (row.experts == 0 || !model.is_known()) continue;
    if (row.layer.name == "others")
      model.give_up(InspectionStatus::partial, "there are more kinds of tensors than greenml tells apart");
    else if (row.seen != model.experts)
      model.give_up(InspectionStatus::partial,
                    fmt::format("{}.{} has {} experts, and the model {}", shown(row.layer.name), shown(row.layer.kind),
                                row.seen, model.experts));
    else if (row.experts % model.experts != 0)
      model.give_up(InspectionStatus::partial, fmt::format("the experts of {}.{} are not of one size",
                                                           shown(row.layer.name), shown(row.layer.kind)));
  }
}

std::optional<std::uint64_t> WeightSum::macs_of_row(const Row& row, const LanguageModel& model,
                                                    std::uint64_t tokens) const {
  std::uint64_t macs = 0;
  const bool is_lookup = row.is_embedding && !model.tied;
  if (!is_lookup && !add_product(macs, row.linear, tokens)) return std::nullopt;
  if (row.experts != 0) {
    const std::optional<std::uint64_t> used = checked_product(row.experts / model.experts, model.experts_used);
    if (!used || !add_product(macs, *used, tokens)) return std::nullopt;
  }
  return macs;
}

/// Puts the rows of attention after the last row of their blocks.
void WeightSum::place_attention(std::map<std::string, Row> attention) {
  std::vector<Row> backwards;
  for (auto row = rows_.rbegin(); row != rows_.rend(); ++row) {
    const auto found = attention.find(row->layer.name);
    if (found != attention.end()) {
      backwards.push_back(std::move(found->second));
      attention.erase(found);
    }
    backwards.push_back(std::move(*row));
  }
  rows_.assign(std::make_move_iterator(backwards.rbegin()), std::make_move_iterator(backwards.rend()));
  for (auto& [block, row] : attention) rows_.push_back(std::move(row));
}

bool WeightSum::add_macs(const LanguageModel& model, const InspectOptions& options, Inspection& inspection) {
  const auto tokens = static_cast<std::uint64_t>(options.tokens);
  const std::optional<std::uint64_t> context = checked_sum(tokens, static_cast<std::uint64_t>(options.past));
  const std::optional<std::uint64_t> positions = context ? checked_product(tokens, *context) : std::nullopt;
  if (!positions) return false;
  std::uint64_t total = 0;
  for (Row& row : rows_) {
    const std::optional<std::uint64_t> macs = macs_of_row(row, model, tokens);
    if (!macs || !add_to(total, *macs)) return false;
    row.layer.macs = *macs;
  }
  std::map<std::string, Row> attention;
  for (const BlockAttention& block : model.attention) {
    Row row;
    row.layer.name = block.block;
    row.layer.kind = "attention";
    if (!add_product(row.layer.macs, block.macs_per_position, *positions) || !add_to(total, row.layer.macs))
      return false;
    attention.emplace(block.block, std::move(row));
  }
  place_attention(std::move(attention));
  inspection.macs = total;
  inspection.input = counted(tokens, "token");
  if (options.past != 0) inspection.input += " after " + grouped(static_cast<std::uint64_t>(options.past));
  inspection.macs_estimated = model.estimated;
  return true;
}

std::optional<Complaint> WeightSum::finish(LanguageModel& model, const InspectOptions& options,
                                           Inspection& inspection) {
  const Complaint over{"the sums are over 64 bits"};
  if (!fits_) return over;
  const auto likewise = [](std::uint64_t count) {
    return count > 1 ? fmt::format(" (likewise {} more)", grouped(count - 1)) : std::string();
  };
  if (unknown_count_ != 0) {
    std::string why =
        fmt::format("how many weights {} packs is not known{}", shown(unknown_), likewise(unknown_count_));
    inspection.notes.push_back("there is no number of params: " + why);
    model.give_up(InspectionStatus::weights_only, std::move(why));
  } else {
    inspection.params = params_;
    if (params_ == 0) inspection.notes.emplace_back("there are no trained weights in the file");
  }
  if (model.is_known()) check_experts(model);
  if (model.is_known() && !add_macs(model, options, inspection)) return over;
  if (inspection.params && model.is_known() && model.experts != 0)
    inspection.active_params = params_ - expert_params_ + expert_params_ / model.experts * model.experts_used;
  inspection.status = model.status;
  inspection.why_no_macs = model.why_no_macs;
  inspection.notes.insert(inspection.notes.end(), model.notes.begin(), model.notes.end());
  inspection.buffers = buffers_;
  inspection.types = std::move(types_);
  std::stable_sort(inspection.types.begin(), inspection.types.end(),
                   [](const ElementType& left, const ElementType& right) { return left.elements > right.elements; });
  for (Row& row : rows_) inspection.layers.push_back(std::move(row.layer));
  if (inspection.params) return std::nullopt;
  // Rows and shares that leave something out would be taken for all.
  inspection.layers.clear();
  inspection.types.clear();
  return std::nullopt;
}

}  // namespace greenml::model_file
