/// \file
/// Options for the result of a command: in which format, where to, and how it looks.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "commands/options/footprint_options.hpp"
#include "commands/options/option_table.hpp"
#include "sheet/report.hpp"
#include "system/world.hpp"

namespace greenml::cli {

/// --format, -o, --color, --quiet and what belongs to CSV.
class OutputOptions {
 public:
  /// `also`: what the command's sheets have beside rows, which some formats are for.
  explicit OutputOptions(render::Shows also = render::Shows::rows) : also_(also) {}

  void declare(OptionTable& table);
  /// Reads what was typed; says what is wrong, and what has no effect. `further`: the formats that the command writes
  /// beside its result.
  bool resolve(World& world, Messages& messages, std::span<const render::Format* const> further = {});

  /// Has every result say that it is of another grid or data centre.
  void assume(const WhatIfOptions& what_if);

  const render::Format& format() const { return *format_; }
  bool for_people() const { return format_->audience == render::Audience::people; }
  /// Whether the result is one that a terminal shows line by line, and not one to be taken on from there.
  bool for_terminal() const {
    return file_.empty() && (format_->render == render::render_table || format_->render == render::render_chart);
  }
  /// A sheet as it was asked for, where it was asked for.
  Result result(render::Sheet sheet, const World& world) const {
    return result(std::move(sheet), world, *format_, file_);
  }
  /// A sheet in another format and file.
  Result result(render::Sheet sheet, const World& world, const render::Format& format, const std::string& file) const;
  /// How many rows of each group to show where nobody says: in a terminal as many as fill it, five at least; else all.
  std::size_t rows_to_show(const World& world, std::size_t groups, std::size_t rows) const;
  /// Whether a person who looks at standard output sees the titles of the result.
  bool shows_titles() const { return file_.empty() && (for_people() || format_->render == render::render_github); }

 private:
  bool offers(const render::Format& format) const;
  std::vector<std::string_view> format_names() const;
  Parsed<const render::Format*> default_format() const;
  Parsed<const render::Format*> named_format() const;
  std::optional<Complaint> resolve_format(const World& world);
  std::optional<Complaint> resolve_color();
  std::optional<Complaint> resolve_delimiter();
  std::optional<Complaint> resolve_decimal();
  void note_unused(Messages& messages, std::span<const render::Format* const> further) const;

  Typed format_name_;
  Typed file_name_;
  Typed color_name_;
  Typed delimiter_text_;
  Typed decimal_text_;
  bool quiet_ = false;
  bool csv_raw_ = false;
  bool csv_bom_ = false;

  render::Shows also_;
  bool ascii_ = false;
  const render::Format* format_ = nullptr;
  std::string file_;  // empty: standard output
  std::string end_of_titles_;
  std::string what_if_;
  Color color_ = Color::automatic;
  char delimiter_ = ',';
  char decimal_ = '.';
};

}  // namespace greenml::cli
