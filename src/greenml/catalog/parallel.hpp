/// \file
/// Work that is shared with another thread.

#pragma once

#include <cstddef>
#include <future>
#include <utility>

namespace greenml {

/// Does two pieces of work, at the same time where there are so many models that another thread is worth it and one can
/// be had. An exception of either goes to the caller once both have ended.
template <typename First, typename Second>
void do_both(std::size_t models, First first, Second second) {
  constexpr std::size_t worth_a_thread = 20'000;
  const std::launch policy =
      models < worth_a_thread ? std::launch::deferred : std::launch::async | std::launch::deferred;
  std::future<void> other = std::async(policy, std::move(second));
  first();
  other.get();
}

}  // namespace greenml
