/// \file
/// Dates on an axis, where they are years with the part of the year that has passed.

#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace greenml::render {

/// 2012.4603 is 2012-06-17. To the nearest day, since a fraction is not exact.
std::chrono::sys_days day_of(double year);

/// 2012-06-17 is 2012.4603.
double year_of(std::chrono::sys_days day);

/// "2012-06".
std::string month_text(std::chrono::sys_days day);

struct Date {
  std::chrono::sys_days day;
  std::string text;  ///< "2012", "2012-06" or "2012-06-17", by the distance to its neighbours
};

/// At most so many dates between two years, at whole years, months or days.
std::vector<Date> round_dates(double low, double high, std::size_t most);

}  // namespace greenml::render
