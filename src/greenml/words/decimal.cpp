#include "words/decimal.hpp"

#include <version>
#ifdef __cpp_lib_to_chars
#include <charconv>
#else
#include <cmath>
#include <cstdlib>
#include <locale.h>
#include <string>
#if __has_include(<xlocale.h>)
#include <xlocale.h>
#endif
#endif

namespace greenml {

namespace {

/// The double that is nearest to the whole of a text of digits, points, signs and e.
std::optional<double> nearest(std::string_view text) {
#ifdef __cpp_lib_to_chars
  double value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && rest == text.data() + text.size() ? std::optional(value) : std::nullopt;
#else
  // libc++ before 20 has no std::from_chars for a double; a locale of its own keeps strtod from the program's.
  static const locale_t plain = ::newlocale(LC_ALL_MASK, "C", nullptr);
  const std::string terminated(text);
  char* rest = nullptr;
  const double value = ::strtod_l(terminated.c_str(), &rest, plain);
  const bool is_whole = rest == terminated.c_str() + terminated.size();
  const std::string_view digits = text.substr(0, text.find_first_of("eE"));
  const bool is_lost = value == 0 && digits.find_first_of("123456789") != std::string_view::npos;
  return is_whole && std::isfinite(value) && !is_lost ? std::optional(value) : std::nullopt;
#endif
}

}  // namespace

std::optional<double> parse_decimal(std::string_view text) {
  const bool is_decimal =
      !text.empty() && text.front() != '+' && text.find_first_not_of("0123456789.eE+-") == std::string_view::npos;
  return is_decimal ? nearest(text) : std::nullopt;
}

}  // namespace greenml
