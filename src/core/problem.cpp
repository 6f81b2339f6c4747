#include "greenml/problem.hpp"

#include <utility>

namespace greenml {

void Problems::add(Problem problem) {
  const bool error = problem.severity == Severity::error;
  if (error) ++errors_;
  std::vector<Problem>& list = error ? kept_ : warnings_;
  if (list.size() < kept_in_full) list.push_back(std::move(problem));
}

}  // namespace greenml
