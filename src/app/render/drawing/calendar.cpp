#include "render/drawing/calendar.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace greenml::render {

namespace {

using std::chrono::January;
using std::chrono::sys_days;

constexpr int months_of_year = 12;

sys_days first_day(int year) { return std::chrono::year(year) / January / 1; }

double days_in(int year) { return static_cast<double>((first_day(year + 1) - first_day(year)).count()); }

/// The first of a month; months are counted from the year 0.
sys_days first_of_month(int month) {
  return std::chrono::year(month / months_of_year) /
         std::chrono::month(static_cast<unsigned>(month % months_of_year) + 1) / 1;
}

std::string day_text(sys_days day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{}-{:02}", month_text(day), static_cast<unsigned>(date.day()));
}

std::vector<Date> round_months(double low, double high, int step) {
  std::vector<Date> dates;
  const int first = static_cast<int>(std::ceil(low * months_of_year / step - 1)) * step;
  for (int month = std::max(first, 0); month <= high * months_of_year + 1; month += step) {
    const sys_days day = first_of_month(month);
    if (year_of(day) < low || year_of(day) > high) continue;
    const bool is_of_years = step % months_of_year == 0;
    dates.push_back({day, is_of_years ? fmt::format("{}", month / months_of_year) : month_text(day)});
  }
  return dates;
}

std::vector<Date> round_days(double low, double high, int step) {
  std::vector<Date> dates;
  for (sys_days day = day_of(low); year_of(day) <= high; day += std::chrono::days(1))
    if (day.time_since_epoch().count() % step == 0 && year_of(day) >= low) dates.push_back({day, day_text(day)});
  return dates;
}

}  // namespace

sys_days day_of(double year) {
  constexpr double a_bit = 1e-6;  // so that the end of a year that lost it is the beginning of the next
  const int whole = static_cast<int>(std::floor(year + a_bit));
  const double days = (year - whole) * days_in(whole);
  return first_day(whole) + std::chrono::days(std::max(0L, std::lround(days)));
}

double year_of(sys_days day) {
  const int year = static_cast<int>(std::chrono::year_month_day(day).year());
  return year + static_cast<double>((day - first_day(year)).count()) / days_in(year);
}

std::string month_text(sys_days day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()));
}

std::vector<Date> round_dates(double low, double high, std::size_t most) {
  constexpr auto steps_in_months =
      std::to_array<int>({1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 60000});
  constexpr auto steps_in_days = std::to_array<int>({1, 2, 7, 14});
  constexpr double days_of_year = 365.25;
  constexpr std::size_t fewest = 3;  // below which smaller steps say more
  const auto fits = [&](double steps) { return steps <= static_cast<double>(most); };
  std::vector<Date> dates;
  for (const int step : steps_in_months)
    if (fits((high - low) * months_of_year / step)) {
      dates = round_months(low, high, step);
      break;
    }
  if (dates.size() >= std::min(fewest, most)) return dates;
  for (const int step : steps_in_days)
    if (fits((high - low) * days_of_year / step)) return round_days(low, high, step);
  return dates;
}

}  // namespace greenml::render
