#include "greenml/problem.hpp"

#include <algorithm>
#include <utility>

namespace greenml {

void Problems::add(Problem problem) {
  const bool error = problem.severity == Severity::error;
  if (error) ++errors_;
  std::vector<Problem>& list = error ? kept_ : problem.severity == Severity::warning ? warnings_ : notes_;
  if (list.size() < kept_in_full) list.push_back(std::move(problem));
}

void Problems::append(const Problems& later, std::size_t lines_before) {
  const auto shifted = [&](Problem problem) {
    if (problem.place.line > 0) problem.place.line += lines_before;
    return problem;
  };
  for (const Problem& problem : later.warnings_) {
    const auto same = [&](const Problem& known) {
      return known.key == problem.key && known.message == problem.message;
    };
    if (std::none_of(warnings_.begin(), warnings_.end(), same)) add(shifted(problem));
  }
  for (const Problem& problem : later.notes_) add(shifted(problem));
  for (const Problem& problem : later.kept_) add(shifted(problem));
  errors_ += later.errors_ - later.kept_.size();
}

}  // namespace greenml
