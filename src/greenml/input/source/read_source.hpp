/// \file
/// Recognises the file of another tool by what is in it, never by its name alone, and reads it as its mapping says.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/catalog.hpp"
#include "input/file_window.hpp"
#include "input/source/source.hpp"

namespace greenml::source {

/// --as table: a table in a Markdown document, whose columns are explained like those of any other table.
inline constexpr std::string_view markdown_table = "table";

/// What a file is read with.
struct Choice {
  const Source* source = nullptr;  ///< none: it is a catalog, or a table of its own
  std::unique_ptr<Source> own;     ///< where the user brought a mapping, or explains computed columns
  bool is_markdown = false;        ///< a table in a Markdown document
  bool is_asked_for = false;       ///< by --as or --mapping, and the file is written as that says
};

/// The mapping for a file: the one that was asked for, where the file is of its layout, or the one that recognises it.
/// A complaint where two do, and where the file is of a tool that greenml does not read.
Parsed<std::shared_ptr<Choice>> choose_source(read::Window& window, const ReadOptions& options);

/// Which columns of the file the options' mappings met, and what columns it has.
struct Met {
  std::vector<bool> mappings;
  std::vector<std::string> columns;
};

/// Reads the file, which the window holds as a whole, into the catalog.
Met read_source(const Source& source, read::Window& window, Catalog& catalog, Problems& problems,
                const ReadOptions& options);

}  // namespace greenml::source
