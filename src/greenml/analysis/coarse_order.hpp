/// \file
/// Where many values stand among all of them, to within a few places: a look at each tells, in a fraction of the time
/// that sorting them takes.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace greenml {

class CoarseOrder {
 public:
  /// Places in the order, from `first` up to `last`: one of them is that of the value.
  struct Places {
    std::uint32_t first;
    std::uint32_t last;

    std::size_t size() const { return last - first; }
  };

  /// Takes the short ordinals of values, by their positions; they must stay where they are. Those of NaN are after all
  /// others.
  explicit CoarseOrder(std::span<const std::uint32_t> short_ordinals);

  std::size_t size() const { return ordinals_.size(); }
  /// How many values are no NaN.
  std::size_t known() const { return first_place_[nan_bucket_]; }
  /// Where the value of a position may stand: all values of its bucket may.
  Places places_of(std::size_t position) const {
    const std::size_t bucket = bucket_of(ordinals_[position]);
    return {first_place_[bucket], first_place_[bucket + 1]};
  }
  /// Calls `visit(places)` for each bucket that has values, but for that of NaN.
  template <typename Visit>
  void for_each_bucket(Visit visit) const {
    for (std::size_t bucket = 0; bucket < nan_bucket_; ++bucket)
      if (const Places places = {first_place_[bucket], first_place_[bucket + 1]}; places.size() > 0) visit(places);
  }

 private:
  std::size_t bucket_of(std::uint32_t ordinal) const {
    return ordinal > most_ ? nan_bucket_ : (ordinal - least_) >> shift_;
  }

  std::span<const std::uint32_t> ordinals_;
  std::uint32_t least_ = 0;  // of the ordinals that are not of NaN
  std::uint32_t most_ = 0;
  unsigned shift_ = 0;
  std::size_t nan_bucket_ = 0;              // the last one
  std::vector<std::uint32_t> first_place_;  // by bucket; one more says where the last one ends
};

}  // namespace greenml
