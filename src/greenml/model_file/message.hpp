/// \file
/// How numbers, names and shapes of a model file are written in messages. Names in a file may be hostile: they are cut
/// and escaped.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace greenml::model_file {

/// "102,502,400".
std::string grouped(std::uint64_t number);

/// A name as it stands, where it is short and of plain characters: "model.layers.0.weight". Otherwise in quotes, with
/// other characters escaped, and cut after 80 bytes.
std::string shown(std::string_view name);

/// Whether a text of a file can stand in a table or a catalog as it is: UTF-8, one line, neither empty nor over 200
/// bytes.
bool is_line(std::string_view text);

/// "4096x32000"; "scalar" where there are no dimensions.
std::string shape_text(std::span<const std::uint64_t> shape);

/// "1 byte", "2 bytes".
std::string counted(std::uint64_t number, std::string_view noun);

}  // namespace greenml::model_file
