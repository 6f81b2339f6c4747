/// \file
/// When work is shared with another thread. It is started with std::async and its usual policy, so that the same thread
/// does all where there can be no other.

#pragma once

#include <cstddef>

namespace greenml {

/// So many models take much longer than a thread takes to begin.
inline constexpr std::size_t worth_a_thread = 20'000;

}  // namespace greenml
