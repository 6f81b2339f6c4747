/// \file
/// The table of input formats. A reader turns bytes into raw objects and reports what is not of its format; what the
/// objects mean is not its business.

#pragma once

#include <array>
#include <string_view>

#include "greenml/catalog.hpp"
#include "input/file_window.hpp"
#include "input/parts.hpp"

namespace greenml::read {

struct Reader {
  std::string_view format;
  std::array<std::string_view, 2> suffixes;
  /// Reads what the window moves over, to the end. Only tables have a dialect.
  void (*read)(Window& window, Parts& parts, const TableDialect& dialect);
};

/// A JSON document: an array of models, or an object with `models`.
void read_json(Window& window, Parts& parts, const TableDialect& dialect);

/// One JSON object a line, each a model. A bad line does not hide what is wrong with the others.
void read_ndjson(Window& window, Parts& parts, const TableDialect& dialect);

/// A table: a header, and one model a line. The delimiter is told by the header unless the dialect names it.
void read_csv(Window& window, Parts& parts, const TableDialect& dialect);

/// The same with tabs.
void read_tsv(Window& window, Parts& parts, const TableDialect& dialect);

inline constexpr auto readers = std::to_array<Reader>({
    {"json", {".json", ".json"}, read_json},
    {"ndjson", {".ndjson", ".jsonl"}, read_ndjson},
    {"csv", {".csv", ".csv"}, read_csv},
    {"tsv", {".tsv", ".tab"}, read_tsv},
});

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
inline constexpr auto byte_order_marks_of_utf16 = std::to_array<std::string_view>({"\xFF\xFE", "\xFE\xFF"});
inline constexpr std::string_view too_blank = "more than 64 MB of blanks";
inline constexpr std::string_view too_large = "more than 64 MB for one model";

/// Whether the suffix of a file's name is that of a format: .json, .csv.
bool is_named_for_format(std::string_view name);

/// Whether neither the name of a file nor what is in it is that of a format: a log, a page, YAML of no known source.
bool is_of_no_format(Window& window);

/// The reader for a file: by the suffix of its name, or by a look at its first lines where the name says nothing
/// (standard input, a pipe) or calls JSON a table.
const Reader& reader_for(Window& window);

}  // namespace greenml::read
