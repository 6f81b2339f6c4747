/// \file
/// Options that several commands share, so that one habit serves: which models take part, and in which groups.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "commands/options/file_options.hpp"
#include "commands/options/footprint_options.hpp"
#include "commands/options/option_table.hpp"
#include "commands/options/output_options.hpp"
#include "commands/options/selection_options.hpp"
#include "greenml/catalog.hpp"
#include "greenml/selection.hpp"
#include "sheet/report.hpp"
#include "system/world.hpp"

namespace greenml::cli {

/// CATALOG... and which of its models take part.
class CatalogOptions {
 public:
  using Limits = SelectionOptions::Limits;
  enum class Files { several, one, one_before_models };
  explicit CatalogOptions(Limits limits = Limits::select, Files files = Files::several)
      : how_many_(files), selection_(limits) {}

  void declare(OptionTable& table);
  /// Reads what was typed; says what is wrong.
  bool resolve(World& world, Messages& messages);
  /// Reads the catalogs; shows every problem. Nothing if there are errors.
  std::optional<Catalog> read(World& world, Messages& messages, const ReadOptions& options = {}) const;
  /// Reads another catalog, as a baseline, of which the same holds that was said of this one's columns.
  std::optional<Catalog> read_other(World& world, Messages& messages, const std::string& file) const;
  const WhatIfOptions& what_if() const { return what_if_; }
  const std::vector<std::string>& files() const { return files_; }
  const SelectionOptions& selection() const { return selection_; }

 private:
  Files how_many_;
  std::vector<std::string> files_;
  SelectionOptions selection_;
  FileOptions file_options_;
  WhatIfOptions what_if_;
};

/// --group-by and --mixed: which models are compared with each other.
class GroupOptions {
 public:
  void declare(OptionTable& table);
  /// The labels to group by for these measures; nothing, and an error, where one is unknown.
  std::optional<std::vector<std::string>> labels(Messages& messages, const Catalog& catalog,
                                                 std::span<const Measure> measures) const;
  /// Says that there are several groups, and by what.
  void note(Messages& messages, std::size_t groups, const std::vector<std::string>& labels) const;

 private:
  Typed group_by_;
  bool mixed_ = false;
};

/// The one of these models that has that name; a complaint where there is none, or several.
Parsed<std::size_t> find_one(const Catalog& catalog, std::span<const std::size_t> rows, std::string_view name);

/// The models that a command is about.
struct Chosen {
  const Catalog& catalog;
  std::vector<std::size_t> rows;
};

/// Understands both groups of options, reads the catalogs, which the report keeps, and selects; says what is wrong.
std::optional<Chosen> choose(World& world, Report& report, CatalogOptions& catalogs, OutputOptions& output,
                             const ReadOptions& options = {});

/// Reads catalogs into one; shows every problem, and what may be meant where a file cannot be opened. Nothing if there
/// are errors.
std::optional<Catalog> read_files(World& world, Messages& messages, std::span<const std::string> files,
                                  const ReadOptions& options = {}, std::string_view hint_if_missing = {});

/// Says where parameters were taken for the cost, though every model states what they stand for.
void note_better_cost(Messages& messages, const Catalog& catalog, std::span<const std::size_t> rows, FieldId chosen);

/// Reads "a,b,c"; blanks around names are left out.
std::vector<std::string> split_list(std::string_view text);

/// Reads a count of at least 1.
Parsed<std::size_t> parse_count(std::string_view option, std::string_view text);

/// Finds a field, a metric, or a label of numbers that the catalog has.
Parsed<Measure> parse_measure(std::string_view option, std::string_view text, const Catalog& catalog);

}  // namespace greenml::cli
