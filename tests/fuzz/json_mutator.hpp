/// \file
/// Changes a JSON text of models as JSON: libFuzzer's own changes of bytes seldom leave it one.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// Of libFuzzer: changes the bytes and returns their new number.
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace greenml {

/// One change of a member, an element or a number, by what is in the tables of keys and units; the same for the same
/// seed. What is no JSON, or broken, is changed as far as it looks like JSON.
std::string mutated_json(std::string_view text, std::uint32_t seed);

/// For LLVMFuzzerCustomMutator: changes what is behind the first `kept` bytes as JSON, most of the time and where it
/// begins as JSON does, and else all bytes as libFuzzer does.
std::size_t mutate_as_json(std::uint8_t* data, std::size_t size, std::size_t most, std::uint32_t seed,
                           std::size_t kept);

}  // namespace greenml
