#include "input/cell_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <optional>

#include "input/csv/csv_value.hpp"

namespace greenml {

namespace {

constexpr auto missing_words = std::to_array<std::string_view>(
    {"N/A", "n/a", "NA", "na", "nan", "NaN", "NAN", "null", "NULL", "None", "none", "-", "--", "?", "NULL"});

/// "1:02:03.5" is 3723.5 seconds, as hours, minutes and seconds. Nothing where it is no such time.
std::optional<std::string> seconds_of(std::string_view text) {
  const std::size_t first = text.find(':');
  const std::size_t second = first == std::string_view::npos ? first : text.find(':', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto whole = [](std::string_view digits, std::size_t most) -> std::optional<std::uint64_t> {
    std::uint64_t count = 0;
    const auto [rest, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    const bool good = !digits.empty() && digits.size() <= most && error == std::errc() &&
                      rest == digits.data() + digits.size();
    return good ? std::optional(count) : std::nullopt;
  };
  const std::string_view seconds = text.substr(second + 1);
  const std::size_t point = std::min(seconds.find('.'), seconds.size());
  const std::optional<std::uint64_t> hours = whole(text.substr(0, first), 9);
  const std::optional<std::uint64_t> minutes = whole(text.substr(first + 1, second - first - 1), 2);
  const std::optional<std::uint64_t> full_seconds = whole(seconds.substr(0, point), 2);
  const std::string_view fraction = seconds.substr(point);
  const bool good = hours && minutes && full_seconds && *minutes < 60 && *full_seconds < 60 && fraction != "." &&
                    fraction.find_first_not_of("0123456789", 1) == std::string_view::npos;
  if (!good) return std::nullopt;
  return fmt::format("{}{}", *hours * 3600 + *minutes * 60 + *full_seconds, fraction);
}

}  // namespace

CellText::CellText(const read::RawValue& cell, Dimension dimension)
    : written_(cell.text), number_(cell.text), has_decimal_comma_(cell.has_decimal_comma) {
  if (has_decimal_comma_) {
    // A unit may follow the number. What is no number with decimal comma becomes none with a point either.
    const std::size_t end = std::min(number_.find_first_not_of("+-.,0123456789"), number_.size());
    if (const std::optional<std::string> number = read::with_decimal_point(std::string_view(number_).substr(0, end)))
      number_ = *number + number_.substr(end);
    else
      std::replace(number_.begin(), number_.end(), '.', ',');
  }
  if (number_.starts_with('+')) number_.erase(0, 1);
  if (dimension == Dimension::time)
    if (const std::optional<std::string> seconds = seconds_of(number_)) number_ = *seconds + " s";
}

bool CellText::is_missing_word() const {
  return std::find(missing_words.begin(), missing_words.end(), written_) != missing_words.end();
}

bool CellText::may_have_decimal_comma() const {
  return !has_decimal_comma_ && written_.find(',') != std::string_view::npos &&
         read::with_decimal_point(written_.starts_with('+') ? written_.substr(1) : written_).has_value();
}

std::string CellText::hint() const {
  if (may_have_decimal_comma()) return "--input-decimal , reads a comma before decimals";
  if (has_decimal_comma_ && written_.find('.') != std::string_view::npos)
    return "with --input-decimal , a point stands between groups of three digits";
  return "";
}

}  // namespace greenml
