/// \file
/// How much of a long row of cases a test goes through: all of it, and under sanitizers, where everything takes twenty
/// times as long, a tenth. What sanitizers look for does not depend on the numbers.

#pragma once

#if defined(__SANITIZE_ADDRESS__)
#define GREENML_IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GREENML_IS_SANITIZED 1
#endif
#endif

namespace greenml::test {

#ifdef GREENML_IS_SANITIZED
inline constexpr int stride = 11;
#else
inline constexpr int stride = 1;
#endif

}  // namespace greenml::test
