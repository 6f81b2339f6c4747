/// \file
/// The table of input formats. A reader turns bytes into raw objects and reports what is not of its format; what the
/// objects mean is not its business.

#pragma once

#include <array>
#include <string_view>

#include "input/file_window.hpp"
#include "input/raw_object.hpp"

namespace greenml::read {

struct Reader {
  std::string_view format;
  std::array<std::string_view, 2> suffixes;
  /// Reads what the window moves over, to the end.
  void (*read)(Window& window, RawSink& sink);
};

/// A JSON document: an array of models, or an object with `models`.
void read_json(Window& window, RawSink& sink);

/// One JSON object a line, each a model. A bad line does not hide what is wrong with the others.
void read_ndjson(Window& window, RawSink& sink);

inline constexpr auto readers = std::to_array<Reader>({
    {"json", {".json", ".json"}, read_json},
    {"ndjson", {".ndjson", ".jsonl"}, read_ndjson},
});

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
inline constexpr std::string_view too_blank = "more than 64 MB of blanks";
inline constexpr std::string_view too_large = "more than 64 MB for one model";

/// The reader for a file: by the suffix of its name, or by a look at its first lines where the name says nothing
/// (standard input, a pipe).
const Reader& reader_for(Window& window);

}  // namespace greenml::read
