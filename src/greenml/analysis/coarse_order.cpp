#include "analysis/coarse_order.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "analysis/radix_order.hpp"

namespace greenml {

CoarseOrder::CoarseOrder(std::span<const std::uint32_t> short_ordinals) : ordinals_(short_ordinals) {
  constexpr unsigned most_bucket_bits = 18;  // so few that they stay in the cache
  // Some more than there are values, so that most have one alone.
  const unsigned bucket_bits = std::min(static_cast<unsigned>(std::bit_width(4 * ordinals_.size())), most_bucket_bits);
  nan_bucket_ = std::size_t{1} << bucket_bits;
  const OrdinalRange range = range_of_known(ordinals_);
  least_ = range.least;
  most_ = range.most;
  const auto bits = static_cast<unsigned>(std::bit_width(most_ - std::min(least_, most_)));
  shift_ = bits - std::min(bits, bucket_bits);
  first_place_.resize(nan_bucket_ + 2);
  for (const std::uint32_t ordinal : ordinals_) ++first_place_[bucket_of(ordinal) + 1];
  std::partial_sum(first_place_.begin(), first_place_.end(), first_place_.begin());
}

}  // namespace greenml
