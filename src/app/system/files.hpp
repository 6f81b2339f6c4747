/// \file
/// Files as the operating system has them: reading in pieces, and replacing one as a whole.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "greenml/catalog.hpp"
#include "render/writer.hpp"

namespace greenml::cli {

/// Why an operation on a file failed: "No such file or directory".
struct FileError {
  std::string reason;
};

/// Puts something that can be neither read nor written in the place of standard streams that are closed, so that no
/// file gets their number: it would be read as standard input, or have messages in it.
void keep_standard_streams_taken();

/// Opens a file for reading; "-" is standard input. Errors while reading are handed to `on_error`.
std::optional<Input> open_input(const std::string& path, std::function<void(FileError)> on_error, FileError& error);

/// Writes to standard output.
bool write_to_stdout(const std::function<void(render::Writer&)>& write, FileError& error);

/// Writes to a file. A regular file appears with all its content or stays as it was; a device or pipe is written to.
bool write_to_file(const std::string& path, const std::function<void(render::Writer&)>& write, FileError& error);

/// Removes what `write_to_file` has begun, for a run that ends in the middle of it. Allocates nothing.
void remove_unfinished_file() noexcept;

/// Writes at the end of a file, which need not exist.
bool append_to_file(const std::string& path, const std::function<void(render::Writer&)>& write, FileError& error);

}  // namespace greenml::cli
