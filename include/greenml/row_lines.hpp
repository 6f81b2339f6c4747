/// \file
/// The lines that rows stand in. In most catalogs each row is in the line after the one before it, which takes no
/// memory: only where that is not so is a line noted.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

namespace greenml {

class RowLines {
 public:
  /// The line of the next row.
  void push_back(std::size_t line) {
    const auto row = static_cast<std::uint32_t>(size_++);
    const auto number = static_cast<std::uint32_t>(line);
    if (runs_.empty() || runs_.back().line_of(row) != number) runs_.push_back({row, number});
  }
  /// Of a row that there is.
  std::size_t operator[](std::size_t row) const {
    const auto after = std::upper_bound(runs_.begin(), runs_.end(), row,
                                        [](std::size_t wanted, const Run& run) { return wanted < run.first; });
    return std::prev(after)->line_of(static_cast<std::uint32_t>(row));
  }
  /// Puts the rows of another behind these, with so many more lines before them.
  void append(const RowLines& later, std::size_t lines_before) {
    for (std::size_t index = 0; index < later.runs_.size(); ++index) {
      const Run& run = later.runs_[index];
      const std::size_t end = index + 1 < later.runs_.size() ? later.runs_[index + 1].first : later.size_;
      push_back(run.line + lines_before);
      size_ += end - run.first - 1;  // the others of its run go on with it
    }
  }

 private:
  /// Rows in lines one after another, up to the next run.
  struct Run {
    std::uint32_t first;
    std::uint32_t line;

    std::uint32_t line_of(std::uint32_t row) const { return line + (row - first); }
  };

  std::vector<Run> runs_;
  std::size_t size_ = 0;
};

}  // namespace greenml
