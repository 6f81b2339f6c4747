#include "greenml/column.hpp"

namespace greenml {

std::uint32_t CodeColumn::Chunk::at(std::size_t index) const {
  std::uint32_t code = 0;
  for (unsigned byte = width; byte-- > 0;) code = code << 8 | bytes[index * width + byte];
  return code;
}

void CodeColumn::Chunk::put(std::size_t index, std::uint32_t code) {
  for (unsigned byte = 0; byte < width; ++byte, code >>= 8)
    bytes[index * width + byte] = static_cast<unsigned char>(code);
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
