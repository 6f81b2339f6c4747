#include "catalog/identity.hpp"

#include <algorithm>
#include <functional>

#include "greenml/label.hpp"

namespace greenml {

namespace {

std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>()(text); }

}  // namespace

std::vector<std::string> identity_labels() {
  std::vector<std::string> names;
  for (const Label& label : labels)
    if (label.identity) names.emplace_back(label.name);
  return names;
}

Identity::Identity(const Catalog& catalog, std::span<const std::string> names) : catalog_(catalog) {
  constexpr std::size_t most_remembered = 1 << 16;
  for (const std::string& name : names) {
    Part& part = parts_.emplace_back(Part{catalog.find_label_id(name), {}});
    part.hashes.push_back(hash_of(std::string_view()));  // of models without the label
    if (!part.label || *part.label == label_id("name")) continue;
    const std::size_t numbers = std::min(catalog.largest_label_number(*part.label), most_remembered);
    for (std::uint32_t number = 1; number <= numbers; ++number)
      part.hashes.push_back(hash_of(catalog.text_of_label(*part.label, number)));
  }
}

std::uint64_t Identity::hash(std::size_t row, std::string_view name) const {
  constexpr std::uint64_t prime = 1099511628211;  // of the Fowler-Noll-Vo hash
  std::uint64_t hash = 0;
  for (const Part& part : parts_) {
    std::uint64_t next = part.hashes[0];
    if (part.label == label_id("name")) {
      next = hash_of(name);
    } else if (part.label) {
      const std::uint32_t number = catalog_.label_number(*part.label, row);
      next = number < part.hashes.size() ? part.hashes[number] : hash_of(catalog_.text_of_label(*part.label, number));
    }
    hash = hash * prime + next;
  }
  return hash ^ hash >> 32;
}

bool Identity::alike(const Identity& left, std::size_t left_row, const Identity& right, std::size_t right_row) {
  for (std::size_t index = 0; index < left.parts_.size(); ++index)
    if (left.text(left.parts_[index], left_row) != right.text(right.parts_[index], right_row)) return false;
  return true;
}

}  // namespace greenml
