#include "analysis/vanished.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <iterator>

#include "greenml/model_name.hpp"
#include "words/look_alike.hpp"

namespace greenml {

namespace {

constexpr double like = 0.01;  // of the value

}  // namespace

LikeFigures::LikeFigures(const Catalog& catalog, std::vector<std::size_t> rows)
    : catalog_(catalog), rows_(std::move(rows)) {
  for (std::size_t place = 0; place < rows_.size(); ++place)
    classes_[stated(catalog_, rows_[place])].places.push_back(static_cast<std::uint32_t>(place));
  for (auto& [fields_of_class, one] : classes_) put_in_order(one, fields_of_class);
}

/// Conditions of the place are no property of a model.
LikeFigures::FieldSet LikeFigures::stated(const Catalog& catalog, std::size_t row) {
  FieldSet found;
  for (std::size_t index = 0; index < fields.size(); ++index)
    if (fields[index].role != Role::condition)
      found[index] = !std::isnan(catalog.value(static_cast<FieldId>(index), row));
  return found;
}

/// Chooses the quantity with the most values that are not like each other, so that few have to be looked at.
void LikeFigures::put_in_order(Class& one, const FieldSet& fields_of_class) const {
  std::size_t most = 0;
  for (std::size_t index = 0; index < fields.size(); ++index) {
    if (!fields_of_class[index]) continue;
    const auto field = static_cast<FieldId>(index);
    std::vector<double> steps;
    for (const std::uint32_t place : one.places)
      steps.push_back(std::round(std::log(std::abs(catalog_.value(field, rows_[place]))) / like));
    std::sort(steps.begin(), steps.end());
    const auto different = static_cast<std::size_t>(std::unique(steps.begin(), steps.end()) - steps.begin());
    if (different <= most) continue;
    most = different;
    one.field = field;
  }
  if (most == 0) return;
  for (const std::uint32_t place : one.places)
    one.by_value.emplace_back(catalog_.value(one.field, rows_[place]), place);
  std::sort(one.by_value.begin(), one.by_value.end());
}

bool LikeFigures::is_like(std::size_t row, const FieldSet& fields_of_both, const Catalog& other,
                          std::size_t other_row) const {
  for (std::size_t index = 0; index < fields.size(); ++index) {
    if (!fields_of_both[index]) continue;
    const double now = catalog_.value(static_cast<FieldId>(index), row);
    const double before = other.value(static_cast<FieldId>(index), other_row);
    if (std::abs(now - before) > like * std::abs(before)) return false;
  }
  return true;
}

std::optional<std::size_t> LikeFigures::find(const Catalog& other, std::size_t row) const {
  const FieldSet fields_of_both = stated(other, row);
  const auto found = classes_.find(fields_of_both);
  if (fields_of_both.count() < 2 || found == classes_.end()) return std::nullopt;
  const Class& one = found->second;
  const double before = other.value(one.field, row);
  const double reach = 1.01 * like * std::abs(before);  // a little more, whatever the rounding
  std::optional<std::uint32_t> first;
  auto candidate =
      std::lower_bound(one.by_value.begin(), one.by_value.end(), std::pair(before - reach, std::uint32_t{0}));
  for (; candidate != one.by_value.end() && candidate->first <= before + reach; ++candidate)
    if ((!first || candidate->second < *first) && is_like(rows_[candidate->second], fields_of_both, other, row))
      first = candidate->second;
  return first ? std::optional(rows_[*first]) : std::nullopt;
}

void Vanished::sort_by_name() {
  if (is_sorted_) return;
  greenml::sort_by_name(catalog_, rows_);
  is_sorted_ = true;
}

std::string Vanished::nearest(std::size_t baseline_row) {
  if (std::string difference = match_.nearest_difference(baseline_row); !difference.empty()) return difference;
  if (!by_looks_) {
    sort_by_name();
    by_looks_.emplace();
    for (const std::size_t row : rows_) {
      const auto [found, is_new] = by_looks_->try_emplace(looks_of(catalog_.name(row)), LookAlikes{row, {}});
      LookAlikes& alike = found->second;
      if (!is_new && !alike.second && catalog_.name(row) != catalog_.name(alike.first)) alike.second = row;
    }
  }
  const std::string_view name = baseline_.name(baseline_row);
  const auto found = by_looks_->find(looks_of(name));
  if (found == by_looks_->end()) return {};
  const LookAlikes& alike = found->second;
  const std::optional<std::size_t> row = catalog_.name(alike.first) != name ? alike.first : alike.second;
  return row ? difference_of(catalog_.name(*row), name) : std::string();
}

std::string Vanished::explanation(std::size_t baseline_row) {
  if (std::string difference = nearest(baseline_row); !difference.empty()) return difference;
  if (!new_figures_) {
    sort_by_name();
    std::vector<std::size_t> new_rows;
    std::copy_if(rows_.begin(), rows_.end(), std::back_inserter(new_rows),
                 [&](std::size_t row) { return match_.in_baseline(row).empty(); });
    new_figures_.emplace(catalog_, std::move(new_rows));
  }
  const std::optional<std::size_t> row = new_figures_->find(baseline_, baseline_row);
  return row ? fmt::format("{} has the same figures: probably renamed", catalog_.name(*row)) : std::string();
}

}  // namespace greenml
