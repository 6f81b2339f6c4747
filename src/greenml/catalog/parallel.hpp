/// \file
/// When work is shared with another thread.

#pragma once

#include <cstddef>
#include <future>

namespace greenml {

/// How std::async starts a half of what is done for so many models: in another thread where that is worth it and can
/// be had, else by whoever waits for it.
inline std::launch launch_for(std::size_t models) {
  constexpr std::size_t worth_a_thread = 20'000;
  return models < worth_a_thread ? std::launch::deferred : std::launch::async | std::launch::deferred;
}

}  // namespace greenml
