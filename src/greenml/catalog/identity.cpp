#include "catalog/identity.hpp"

#include <algorithm>

#include "catalog/text_hash.hpp"
#include "greenml/label.hpp"

namespace greenml {

namespace {

/// 0 of an empty text, which is as good as none.
std::uint64_t hash_of(std::string_view text) { return text.empty() ? 0 : text_hash(text); }

/// Equal texts of different labels must not have equal shares.
constexpr std::uint64_t weight_of(std::size_t part) { return golden_ratio * (2 * part + 1); }

constexpr std::uint64_t mixed(std::uint64_t sum) { return sum ^ sum >> 32; }

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
    Part& part = parts_.emplace_back(Part{catalog.find_label_id(name), weight_of(parts_.size()), {0}});
    if (!part.label || part.is_name()) continue;
    const std::size_t numbers = std::min(catalog.largest_label_number(*part.label), most_remembered);
    for (std::uint32_t number = 1; number <= numbers; ++number)
      part.shares.push_back(part.weight * hash_of(catalog.text_of_label(*part.label, number)));
  }
}

inline std::uint64_t Identity::share(const Part& part, std::uint32_t number) const {
  if (number < part.shares.size()) return part.shares[number];
  return part.weight * hash_of(catalog_.text_of_label(*part.label, number));
}

std::uint64_t Identity::hash(std::size_t row) const {
  std::uint64_t sum = 0;
  for (const Part& part : parts_)
    if (part.label)
      sum += part.is_name() ? part.weight * hash_of(catalog_.name(row))
                            : share(part, catalog_.label_number(*part.label, row));
  return mixed(sum);
}

void Identity::hash(std::size_t first, std::span<std::uint64_t> hashes) const {
  std::fill(hashes.begin(), hashes.end(), 0);
  const std::size_t last = first + hashes.size();
  for (const Part& part : parts_) {
    if (!part.label) continue;
    std::uint64_t* sum = hashes.data();
    const auto add = [&](auto share_of) {
      catalog_.for_each_label_number(*part.label, first, last,
                                     [&](std::size_t /*row*/, std::uint32_t number) { *sum++ += share_of(number); });
    };
    if (part.is_name())
      catalog_.for_each_name(
          first, last, [&](std::size_t /*row*/, std::string_view name) { *sum++ += part.weight * hash_of(name); });
    else if (catalog_.largest_label_number(*part.label) < part.shares.size())
      add([shares = part.shares.data()](std::uint32_t number) { return shares[number]; });
    else
      add([&](std::uint32_t number) { return share(part, number); });
  }
  std::transform(hashes.begin(), hashes.end(), hashes.begin(), mixed);
}

bool Identity::alike(const Identity& left, std::size_t left_row, const Identity& right, std::size_t right_row) {
  for (std::size_t index = 0; index < left.parts_.size(); ++index)
    if (left.text(left.parts_[index], left_row) != right.text(right.parts_[index], right_row)) return false;
  return true;
}

}  // namespace greenml
