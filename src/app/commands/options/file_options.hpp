/// \file
/// How files that greenml did not write are to be understood: --map, --missing, --set, and what tables are written
/// with.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/options/option_table.hpp"
#include "greenml/catalog.hpp"
#include "sheet/messages.hpp"
#include "system/world.hpp"

namespace greenml::cli {

class FileOptions {
 public:
  void declare(OptionTable& table);
  /// Reads what was typed; says what is wrong.
  bool resolve(World& world, Messages& messages);
  /// Adds what was typed to how catalogs are read.
  ReadOptions added_to(ReadOptions options) const;

 private:
  std::optional<Complaint> resolve_columns();
  std::optional<Complaint> resolve_settings();
  std::optional<Complaint> resolve_dialect();
  std::optional<Complaint> resolve_join();
  std::optional<Complaint> resolve_mapping(World& world);

  std::vector<std::string> map_texts_;
  std::vector<std::string> missing_;
  std::vector<std::string> set_texts_;
  Typed delimiter_text_;
  Typed decimal_text_;
  Typed as_;
  Typed table_text_;
  Typed mapping_file_;
  Typed result_;
  Typed join_text_;
  Typed prefer_text_;
  bool drop_conflicts_ = false;

  std::vector<ColumnMapping> map_;
  std::vector<LabelSetting> set_;
  TableDialect dialect_;
  std::optional<Join> join_;
  std::optional<std::string> mapping_;
};

}  // namespace greenml::cli
