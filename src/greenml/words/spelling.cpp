#include "greenml/spelling.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace greenml {

namespace {

char folded(char character) {
  if (character >= 'A' && character <= 'Z') return static_cast<char>(character - 'A' + 'a');
  return character == '-' || character == ' ' ? '_' : character;
}

}  // namespace

std::size_t typing_distance(std::string_view left, std::string_view right, std::size_t limit) {
  const std::size_t longer = std::max(left.size(), right.size());
  if (longer - std::min(left.size(), right.size()) > limit) return limit + 1;
  // What both have in common at their ends makes no difference.
  while (!left.empty() && !right.empty() && folded(left.front()) == folded(right.front())) {
    left.remove_prefix(1);
    right.remove_prefix(1);
  }
  while (!left.empty() && !right.empty() && folded(left.back()) == folded(right.back())) {
    left.remove_suffix(1);
    right.remove_suffix(1);
  }
  // One swap takes two letters of each; whatever is longer takes more than one error.
  if (limit <= 1 && std::max(left.size(), right.size()) > 2 * limit) return limit + 1;

  // Three rows of the usual table: before[column] is the distance of left[..row - 1] and right[..column].
  std::vector<std::size_t> two_before(right.size() + 1);
  std::vector<std::size_t> before(right.size() + 1);
  std::vector<std::size_t> current(right.size() + 1);
  for (std::size_t column = 0; column <= right.size(); ++column) before[column] = column;

  for (std::size_t row = 1; row <= left.size(); ++row) {
    current[0] = row;
    for (std::size_t column = 1; column <= right.size(); ++column) {
      const bool same = folded(left[row - 1]) == folded(right[column - 1]);
      current[column] = std::min({before[column] + 1, current[column - 1] + 1, before[column - 1] + (same ? 0U : 1U)});
      const bool swapped = row > 1 && column > 1 && folded(left[row - 1]) == folded(right[column - 2]) &&
                           folded(left[row - 2]) == folded(right[column - 1]);
      if (swapped) current[column] = std::min(current[column], two_before[column - 2] + 1);
    }
    if (*std::min_element(current.begin(), current.end()) > limit) return limit + 1;
    two_before.swap(before);
    before.swap(current);
  }
  return std::min(before[right.size()], limit + 1);
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> known) {
  std::size_t limit = std::min<std::size_t>(3, word.size() < 4 ? word.size() / 2 : word.size() / 3);
  std::string_view best;
  for (const std::string_view candidate : known) {
    const std::size_t distance = typing_distance(word, candidate, limit);
    if (distance > limit || (distance == limit && !best.empty())) continue;
    best = candidate;
    limit = distance;
    if (distance == 0) break;
  }
  return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> known) {
  const std::string_view found = nearest(word, known);
  return found.empty() ? std::string() : "did you mean " + std::string(found) + "?";
}

}  // namespace greenml
