#include "analysis/identity_index.hpp"

#include <bit>
#include <numeric>

#include "catalog/identity.hpp"

namespace greenml {

namespace {

constexpr std::uint32_t no_kind = 0xFFFF'FFFF;

/// The first row of each kind, found by a hash of its texts.
class Kinds {
 public:
  explicit Kinds(std::size_t most) : slots_(std::bit_ceil(2 * most + 1), no_kind) { first_.reserve(most); }

  std::uint32_t find_or_add(const Identity& of, std::size_t row) {
    const std::uint64_t hash = of.hash(row);
    const auto check = static_cast<std::uint32_t>(hash >> 32);
    std::size_t slot = hash & (slots_.size() - 1);
    for (; slots_[slot] != no_kind; slot = (slot + 1) & (slots_.size() - 1)) {
      const First& first = first_[slots_[slot]];
      if (first.check == check && Identity::alike(*first.of, first.row, of, row)) return slots_[slot];
    }
    slots_[slot] = static_cast<std::uint32_t>(first_.size());
    first_.push_back({&of, static_cast<std::uint32_t>(row), check});
    return slots_[slot];
  }

  std::size_t size() const { return first_.size(); }

 private:
  struct First {
    const Identity* of;
    std::uint32_t row;
    std::uint32_t check;  // the bits of the hash that the slot does not say
  };
  std::vector<std::uint32_t> slots_;  // kinds; their number is a power of two
  std::vector<First> first_;
};

}  // namespace

IdentityIndex::IdentityIndex(const Catalog& catalog, const Catalog& baseline, std::span<const std::string> names) {
  const std::array<Identity, 2> both = {Identity(catalog, names), Identity(baseline, names)};
  Kinds kinds(catalog.size() + baseline.size());
  for (std::size_t side = 0; side < both.size(); ++side) {
    const std::size_t size = both[side].catalog().size();
    sides_[side].kind_of.resize(size);
    for (std::size_t row = 0; row < size; ++row) sides_[side].kind_of[row] = kinds.find_or_add(both[side], row);
  }
  for (SideRows& side : sides_) {
    side.begin.resize(kinds.size() + 2);
    for (const std::uint32_t kind : side.kind_of) ++side.begin[kind + 2];
    std::partial_sum(side.begin.begin(), side.begin.end(), side.begin.begin());
    side.rows.resize(side.kind_of.size());
    for (std::size_t row = 0; row < side.kind_of.size(); ++row)
      side.rows[side.begin[side.kind_of[row] + 1]++] = static_cast<std::uint32_t>(row);
    side.begin.pop_back();
  }
}

IdentityIndex::Rows IdentityIndex::rows(Side wanted, Side given, std::size_t row) const {
  const std::uint32_t kind = sides_[static_cast<std::size_t>(given)].kind_of[row];
  const SideRows& side = sides_[static_cast<std::size_t>(wanted)];
  return Rows(side.rows).subspan(side.begin[kind], side.begin[kind + 1] - side.begin[kind]);
}

}  // namespace greenml
