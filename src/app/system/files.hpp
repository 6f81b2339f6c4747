/// \file
/// Files as the operating system has them: reading in pieces, writing at the end, and replacing one as a whole. Whether
/// a file may be written at all in this run is the console's business.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "greenml/catalog.hpp"
#include "sheet/writer.hpp"
#include "system/file_place.hpp"

namespace greenml::cli {

/// Why an operation on a file failed: "No such file or directory".
struct FileError {
  std::string reason;
  /// Whoever read what was written has gone away, as `head` does: no failure that anyone needs to hear of.
  bool reader_is_gone = false;

  /// Of the system call that has just failed.
  static FileError of_errno();
};

/// Whether a path stands for standard output: empty or "-".
bool is_standard_output(std::string_view path);

/// Puts something that cannot be used as such in the place of standard streams that are closed, so that no file gets
/// their number: it would be read as standard input, or have messages in it.
void keep_standard_streams_taken();

/// A file that is to be read, and which one it is; no place where it is no regular file.
struct InputFile {
  Input input;
  std::optional<FilePlace> place;
};

/// Finds out that a file can be read; "-" is standard input. A regular file is opened once more for its first byte and
/// closed after its last, so that any number of files can be read one after another. Errors while reading are handed to
/// `on_error`.
std::optional<InputFile> open_input(const std::string& path, std::function<void(FileError)> on_error, FileError& error);

/// Writes what a renderer says. Nothing is returned where all is written.
using Write = std::function<void(render::Writer&)>;

/// Writes to standard output.
std::optional<FileError> write_to_stdout(const Write& write);

/// Writes to a file. A regular file appears with all its content or stays as it was; a device or pipe is written to. A
/// link stays, also one that leads to a file that does not exist yet. A file without write permission is refused. What
/// replaces a file has its permissions, but not its set-user-id bits, and its owner where this process may give it.
std::optional<FileError> write_to_file(const std::string& path, const Write& write);

/// Removes what `write_to_file` has begun, for a run that ends in the middle of it. Allocates nothing, and may be
/// called by a handler of signals.
void remove_unfinished_file() noexcept;

/// Has signals that end the run remove the unfinished file before they do; a signal that is ignored stays ignored. A
/// file that grows too large becomes a failed write.
void prepare_for_signals();

/// Writes at the end of a file, which need not exist, on a line of its own.
std::optional<FileError> append_to_file(const std::string& path, const Write& write);

}  // namespace greenml::cli
