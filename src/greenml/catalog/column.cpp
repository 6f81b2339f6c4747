#include "greenml/column.hpp"

#include <cstring>

namespace greenml {

namespace {

template <typename Number>
Number read(const unsigned char* from) {
  Number number = 0;
  std::memcpy(&number, from, sizeof number);
  return number;
}

}  // namespace

std::uint32_t CodeColumn::Chunk::at(std::size_t index) const {
  const unsigned char* const from = bytes.get() + index * width;
  if (width == sizeof(std::uint32_t)) return read<std::uint32_t>(from);
  if (width == sizeof(std::uint16_t)) return read<std::uint16_t>(from);
  return width == 0 ? 0 : *from;
}

void CodeColumn::Chunk::put(std::size_t index, std::uint32_t code) {
  unsigned char* const to = bytes.get() + index * width;
  if (width == sizeof(std::uint32_t))
    std::memcpy(to, &code, sizeof code);
  else if (const auto narrow = static_cast<std::uint16_t>(code); width == sizeof narrow)
    std::memcpy(to, &narrow, sizeof narrow);
  else
    *to = static_cast<unsigned char>(code);
}

void CodeColumn::Chunk::widen(unsigned wider) {
  Chunk other{std::make_unique<unsigned char[]>(chunk_size * wider), wider};
  for (std::size_t index = 0; width != 0 && index < chunk_size; ++index) other.put(index, at(index));
  *this = std::move(other);
}

void CodeColumn::set_in(std::size_t chunk, std::size_t index, std::uint32_t code) {
  if (chunk >= chunks_.size()) chunks_.resize(chunk + 1);
  const unsigned width = code < 0x100 ? 1 : code < 0x10000 ? 2 : 4;
  if (chunks_[chunk].width < width) chunks_[chunk].widen(width);
  chunks_[chunk].put(index, code);
}

}  // namespace greenml
