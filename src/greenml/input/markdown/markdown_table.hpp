/// \file
/// A pipe table in a Markdown document: its header, and each row as an object whose keys are the cells of the header.
/// Links, bold and line breaks in cells are no part of their texts. Which column is which quantity is not its business.

#pragma once

#include "greenml/catalog.hpp"
#include "input/file_window.hpp"
#include "input/parts.hpp"

namespace greenml::read {

/// Reads table `dialect.table` of the document, counted from 1; without a number the only one.
void read_markdown_table(Window& window, Parts& parts, const TableDialect& dialect);

}  // namespace greenml::read
