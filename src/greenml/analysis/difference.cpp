#include "greenml/difference.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <string_view>

#include "analysis/comparable.hpp"
#include "analysis/identity_index.hpp"
#include "catalog/identity.hpp"

namespace greenml {

namespace {

bool is_equal(double left, double right) {
  constexpr double noise = 1e-12;
  return std::abs(left - right) <= noise * std::max(std::abs(left), std::abs(right));
}

/// How far apart two values are, as the logarithm of their ratio; from or to 0, or with another sign, it is infinite.
double distance(const Change& change) {
  if (!change.before || !change.after) return 0;
  const double ratio = *change.after / *change.before;
  return ratio > 0 && std::isfinite(ratio) ? std::abs(std::log(ratio)) : std::numeric_limits<double>::infinity();
}

/// The known quantities of a model: two that have the same are taken for one.
std::vector<double> figures_of(const Catalog& catalog, std::size_t row) {
  std::vector<double> figures;
  std::size_t known = 0;
  for (std::size_t index = 0; index < fields.size(); ++index) {
    const std::optional<double> value = catalog[row].value(static_cast<FieldId>(index));
    figures.push_back(value.value_or(-std::numeric_limits<double>::infinity()));
    if (value) ++known;
  }
  constexpr std::size_t enough = 2;
  return known >= enough ? figures : std::vector<double>();
}

class Comparison {
 public:
  Comparison(const Catalog& before, const Catalog& after) : before_(before), after_(after) {}

  std::vector<Change> run(std::span<const std::size_t> before_rows, std::span<const std::size_t> after_rows) {
    const IdentityIndex index(after_, before_, identity_labels());
    std::vector<bool> is_unpaired(after_.size());
    for (const std::size_t row : after_rows) is_unpaired[row] = true;
    std::vector<std::size_t> gone;
    for (const std::size_t row : before_rows) {
      const IdentityIndex::Rows alike = index.of_baseline_row(IdentityIndex::Side::catalog, row);
      const auto found =
          std::find_if(alike.begin(), alike.end(), [&](std::size_t other) { return is_unpaired[other]; });
      if (found == alike.end()) {
        gone.push_back(row);
        continue;
      }
      compare(row, *found);
      is_unpaired[*found] = false;
    }
    std::vector<std::size_t> arrived;
    std::copy_if(after_rows.begin(), after_rows.end(), std::back_inserter(arrived),
                 [&](std::size_t row) { return is_unpaired[row]; });
    guess_renamed(gone, arrived);
    for (const std::size_t row : arrived) changes_.push_back({.kind = ChangeKind::came, .after_row = row});
    for (const std::size_t row : gone) changes_.push_back({.kind = ChangeKind::went, .before_row = row});
    sort();
    return std::move(changes_);
  }

 private:
  void compare(std::size_t before_row, std::size_t after_row) {
    const std::size_t already = changes_.size();
    for (std::size_t index = 0; index < fields.size(); ++index) {
      const auto field = static_cast<FieldId>(index);
      Change change{.before_row = before_row, .after_row = after_row, .field = field};
      change.before = before_[before_row].value(field);
      change.after = after_[after_row].value(field);
      if (!change.before && !change.after) continue;
      if (change.before && change.after && is_equal(*change.before, *change.after)) continue;
      change.kind = kind_of(change);
      changes_.push_back(change);
    }
    if (changes_.size() == already)
      changes_.push_back({.kind = ChangeKind::same, .before_row = before_row, .after_row = after_row});
  }

  ChangeKind kind_of(const Change& change) const {
    if (!change.before) return ChangeKind::appeared;
    if (!change.after) return ChangeKind::vanished;
    if (within_error(*change.field, before_[*change.before_row], after_[*change.after_row]))
      return ChangeKind::within_error;
    const bool rose = *change.after > *change.before;
    return rose == (row_of(*change.field).better == Better::higher) ? ChangeKind::better : ChangeKind::worse;
  }

  /// Takes out of both lists the models that have equal figures, where no third model has them.
  void guess_renamed(std::vector<std::size_t>& gone, std::vector<std::size_t>& arrived) {
    struct Candidates {
      std::vector<std::size_t> gone;
      std::vector<std::size_t> arrived;
    };
    std::map<std::vector<double>, Candidates> by_figures;
    for (const std::size_t row : gone) by_figures[figures_of(before_, row)].gone.push_back(row);
    for (const std::size_t row : arrived) by_figures[figures_of(after_, row)].arrived.push_back(row);
    std::vector<bool> is_renamed_before(before_.size());
    std::vector<bool> is_renamed_after(after_.size());
    for (const auto& [figures, candidates] : by_figures) {
      if (figures.empty() || candidates.gone.size() != 1 || candidates.arrived.size() != 1) continue;
      changes_.push_back({.kind = ChangeKind::renamed,
                          .before_row = candidates.gone.front(),
                          .after_row = candidates.arrived.front()});
      is_renamed_before[candidates.gone.front()] = true;
      is_renamed_after[candidates.arrived.front()] = true;
    }
    std::erase_if(gone, [&](std::size_t row) { return is_renamed_before[row]; });
    std::erase_if(arrived, [&](std::size_t row) { return is_renamed_after[row]; });
  }

  std::string_view name_of(const Change& change) const {
    return change.after_row ? after_.name(*change.after_row) : before_.name(*change.before_row);
  }

  void sort() {
    // What got worse, better, or changed within its error is one list.
    const auto place = [](const Change& one) { return std::max(one.kind, ChangeKind::within_error); };
    std::stable_sort(changes_.begin(), changes_.end(), [&](const Change& left, const Change& right) {
      if (place(left) != place(right)) return place(left) < place(right);
      const bool unsure_left = left.kind == ChangeKind::within_error;
      const bool unsure_right = right.kind == ChangeKind::within_error;
      if (unsure_left != unsure_right) return unsure_right;
      if (distance(left) != distance(right)) return distance(left) > distance(right);
      return name_of(left) < name_of(right);
    });
  }

  const Catalog& before_;
  const Catalog& after_;
  std::vector<Change> changes_;
};

}  // namespace

std::optional<double> Change::relative() const {
  if (!before || !after || *before == 0) return std::nullopt;
  return (*after - *before) / std::abs(*before);
}

std::vector<Change> difference(const Catalog& before, std::span<const std::size_t> before_rows, const Catalog& after,
                               std::span<const std::size_t> after_rows) {
  return Comparison(before, after).run(before_rows, after_rows);
}

}  // namespace greenml
