/// \file
/// A table in CSV: its header, and each row as an object whose keys are the cells of the header. Which column is
/// which quantity is not its business.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/catalog.hpp"
#include "input/csv/csv_scanner.hpp"
#include "input/file_window.hpp"
#include "input/parts.hpp"
#include "input/raw_object.hpp"

namespace greenml::read {

struct CsvColumn {
  std::string name;
  std::size_t offset = 0;
};

class CsvTable {
 public:
  CsvTable(Window& window, TableDialect dialect) : window_(window), dialect_(dialect) {}

  /// Reads the header. False, and a problem, where the file has none that can be read.
  bool read_header(RawSink& sink);
  /// The cells of the header. A column without a name is passed over and has an empty one here.
  const std::vector<CsvColumn>& columns() const { return columns_; }

  /// Reads the rows up to the end of the file; every one of them is a model.
  void read_rows(Parts& parts);

 private:
  bool take_header(const CsvScanner& scanner, RawSink& sink);
  void hand_on_columns(RawSink& sink) const;

  Window& window_;
  TableDialect dialect_;
  std::vector<CsvColumn> columns_;
  std::size_t done_ = 0;  // the offset up to which all was read
};

/// Whether a text without a known suffix looks like a table: its first line has two cells or more.
bool looks_like_csv(std::string_view bytes);

}  // namespace greenml::read
