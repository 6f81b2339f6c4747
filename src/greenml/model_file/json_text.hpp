/// \file
/// Pulls values out of JSON in a file, one by one and in windows, so that a header of 100 MB is never in memory.
/// Strict: refuses what RFC 8259 does not allow, bytes that are not UTF-8, and nesting over 32. Does not look for
/// duplicate keys: whoever keeps the keys does.

#pragma once

#include <cstdint>
#include <string>

#include "model_file/cursor.hpp"

namespace greenml::model_file {

/// All functions throw Malformed, with the byte of the file.
class JsonText {
 public:
  /// `what` names the text in messages: "safetensors header".
  JsonText(const File& file, std::uint64_t begin, std::uint64_t end, std::string what);

  /// Walks an object: `for (json.open('{'); json.next_key(key);) ...`, where each turn takes one value.
  void open(char bracket);
  bool next_key(std::string& key);
  /// Walks an array: `for (json.open('['); json.next_element();) ...`.
  bool next_element();

  /// The first character of the value that is next: '{', '[', '"', or that of a number or a word.
  char next();
  void take_text(std::string& text);
  /// Takes a whole number that is not negative; `what` says in the complaint what belongs here.
  std::uint64_t take_whole_number(const char* what);
  /// Takes a number or one of true, false, null, and what Python writes besides: NaN, Infinity.
  void take_word(std::string& word);
  void skip_value();
  /// Nothing but blanks may follow.
  void expect_end();

  std::uint64_t offset() const { return cursor_.offset(); }
  [[noreturn]] void fail(const std::string& what) const;

 private:
  int after_blanks();
  bool next_item(char closing);
  void take_escape(std::string& text);
  std::uint32_t take_hexadecimal();
  void take_utf8(std::string& text);

  Cursor cursor_;
  std::string what_;
  std::uint32_t depth_ = 0;
  bool first_ = false;  ///< no item of the innermost container has been taken
};

}  // namespace greenml::model_file
