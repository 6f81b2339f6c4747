/// \file
/// Work that is shared with another thread.

#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <utility>
#include <vector>

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

/// Shares so many models among `first` and `second`, which may work at the same time; who is quicker gets more of them.
/// Both are called for parts of them, from `begin` up to `end`, each in the order of the models.
template <typename First, typename Second>
void share(std::size_t models, First first, Second second) {
  constexpr std::size_t part = 16 * 1024;
  std::atomic<std::size_t> next = 0;
  const auto take_parts = [&](auto& work) {
    for (std::size_t begin = next.fetch_add(part); begin < models; begin = next.fetch_add(part))
      work(begin, std::min(begin + part, models));
  };
  do_both(
      models, [&] { take_parts(first); }, [&] { take_parts(second); });
}

/// The same for work that notes nothing of its own.
template <typename Work>
void share(std::size_t models, const Work& work) {
  share(models, work, work);
}

/// The rows that `find(begin, end, rows)` puts behind others, of all models and in their order.
template <typename Row, typename Find>
std::vector<Row> find_rows(std::size_t models, const Find& find) {
  std::vector<Row> found;
  std::vector<Row> by_other;
  const auto find_into = [&](std::vector<Row>& rows) {
    return [&](std::size_t begin, std::size_t end) { find(begin, end, rows); };
  };
  share(models, find_into(found), find_into(by_other));
  const auto middle = static_cast<std::ptrdiff_t>(found.size());
  found.insert(found.end(), by_other.begin(), by_other.end());
  std::inplace_merge(found.begin(), found.begin() + middle, found.end());
  return found;
}

}  // namespace greenml
