#include "model_file/gguf_header.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <limits>
#include <string_view>
#include <utility>

#include "model_file/checked.hpp"
#include "model_file/cursor.hpp"
#include "model_file/gguf_types.hpp"
#include "model_file/message.hpp"

namespace greenml::model_file {

namespace {

enum class ValueType : std::uint8_t {
  uint8,
  int8,
  uint16,
  int16,
  uint32,
  int32,
  float32,
  boolean,
  text,
  list,
  uint64,
  int64,
  float64
};

struct ValueTypeRow {
  std::uint32_t bytes;  ///< 0 where the length stands before the value
  bool is_signed;
  bool is_fraction;
};

constexpr auto value_types = std::to_array<ValueTypeRow>({{1, false, false},
                                                          {1, true, false},
                                                          {2, false, false},
                                                          {2, true, false},
                                                          {4, false, false},
                                                          {4, true, false},
                                                          {4, true, true},
                                                          {1, false, false},
                                                          {0, false, false},
                                                          {0, false, false},
                                                          {8, false, false},
                                                          {8, true, false},
                                                          {8, true, true}});

constexpr std::uint64_t longest_name = 65535;   // of keys, by the format's description
constexpr std::uint64_t longest_text = 256;     // that is kept
constexpr std::uint64_t longest_list = 65536;   // that is kept
constexpr std::uint64_t most_kept = 1U << 20U;  // numbers of all lists
constexpr std::uint64_t most_keys = 65536;
constexpr std::uint64_t most_gguf_tensors = 100'000;
constexpr std::uint64_t most_name_bytes = 8U << 20U;  // of keys and tensors
constexpr std::uint64_t most_list_texts = 16U << 20U;
constexpr std::uint64_t largest_gguf_dimension = std::uint64_t{1} << 40U;
constexpr std::uint32_t deepest_list = 4;
constexpr std::uint32_t most_dimensions = 4;

class GgufHeaderReader {
 public:
  GgufHeaderReader(const File& file, TensorList& tensors, GgufKeys& keys, UnknownGgufType& unknown)
      : file_(file), cursor_(file, 0, file.size()), tensors_(tensors), keys_(keys), unknown_(unknown) {}

  void read() {
    where_ = "the header";
    cursor_.skip(4);
    check_version(static_cast<std::uint32_t>(take_number(4)));
    const std::uint64_t tensor_count = take_number(8);
    const std::uint64_t key_count = take_number(8);
    check_count(key_count, most_keys, "key");
    check_count(tensor_count, most_gguf_tensors, "tensor");
    for (std::uint64_t key = 0; key < key_count; ++key) read_key(key);
    read_alignment();
    const std::size_t first = tensors_.size();
    for (std::uint64_t tensor = 0; tensor < tensor_count; ++tensor) read_tensor(tensor);
    if (const std::optional<std::string> twice = tensors_.sort_names())
      throw Malformed{fmt::format("GGUF: tensor {} is there twice", shown(*twice))};
    if (tensors_.size() > first) check_data(first);
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw Malformed{fmt::format("GGUF: {}, at byte {} in {}", what, grouped(cursor_.offset()), where_)};
  }

  [[noreturn]] void fail_at_end() const {
    throw Malformed{fmt::format("GGUF: ends at byte {} inside {}", grouped(file_.size()), where_),
                    "download the file again"};
  }

  void check_version(std::uint32_t version) const {
    if (version == 2 || version == 3) return;
    if ((version & 0xffffU) == 0 && version != 0)
      throw Malformed{"GGUF: big-endian GGUF is not read", "convert it to little-endian with gguf_convert_endian.py"};
    throw Malformed{fmt::format("GGUF: version {} is not read, only 2 and 3", version),
                    "convert the model again with convert_hf_to_gguf.py of llama.cpp"};
  }

  void check_count(std::uint64_t count, std::uint64_t most, const char* of) const {
    constexpr std::uint64_t least_size = 8;  // of a name's length
    if (count > cursor_.left() / least_size)
      throw Malformed{fmt::format("GGUF: the header states {}, more than the {} of the file can hold",
                                  counted(count, of), counted(file_.size(), "byte"))};
    if (count > most)
      throw Malformed{fmt::format("GGUF: the header states {}; greenml reads {}", counted(count, of), grouped(most))};
  }

  std::uint64_t take_number(std::size_t bytes) {
    std::uint64_t value = 0;
    if (cursor_.left() < bytes) fail_at_end();
    for (std::size_t byte = 0; byte < bytes; ++byte) {
      value |= static_cast<std::uint64_t>(cursor_.peek()) << (8 * byte);
      cursor_.advance();
    }
    return value;
  }

  std::uint64_t take_length(std::uint64_t least_size, const char* of) {
    const std::uint64_t length = take_number(8);
    if (length <= cursor_.left() / least_size) return length;
    constexpr std::uint64_t plausible = std::uint64_t{1} << 32U;  // for a file that is cut short
    if (length > plausible)
      fail(fmt::format("{} of {}, longer than the file", of, counted(length, least_size == 1 ? "byte" : "element")));
    fail_at_end();
  }

  std::string take_name(const char* of) {
    std::string name;
    const std::uint64_t length = take_length(1, of);
    if (length > longest_name) fail(fmt::format("{} of {}", of, counted(length, "byte")));
    if (length > most_name_bytes - name_bytes_) fail("names are over 8 MB long");
    name_bytes_ += length;
    cursor_.take(length, name);
    return name;
  }

  void read_key(std::uint64_t number) {
    where_ = fmt::format("key {}", number);
    std::string key = take_name("a name");
    where_ = "key " + shown(key);
    GgufValue value = take_value(take_value_type());
    if (!keys_.values.emplace(key, std::move(value)).second) fail("the key is there twice");
  }

  ValueType take_value_type() {
    const std::uint64_t type = take_number(4);
    if (type >= value_types.size()) fail(fmt::format("there is no type of value {}", type));
    return static_cast<ValueType>(type);
  }

  GgufValue take_value(ValueType type) {
    GgufValue value;
    if (type == ValueType::text) {
      const std::uint64_t length = take_length(1, "a text");
      if (length <= longest_text)
        cursor_.take(length, value.text.emplace());
      else
        cursor_.skip(length);
    } else if (type == ValueType::list) {
      take_list(1, &value.numbers);
    } else {
      value.number = take_scalar(type);
    }
    return value;
  }

  /// A whole number that is not negative; nothing for others.
  std::optional<std::uint64_t> take_scalar(ValueType type) {
    const ValueTypeRow& row = value_types[static_cast<std::size_t>(type)];
    const std::uint64_t bits = take_number(row.bytes);
    const bool negative = row.is_signed && bits >> (8 * row.bytes - 1) != 0;
    if (row.is_fraction || negative) return std::nullopt;
    return bits;
  }

  void take_list(std::uint32_t depth, std::vector<std::uint64_t>* kept) {
    if (depth > deepest_list) fail(fmt::format("lists are nested deeper than {}", deepest_list));
    const ValueType type = take_value_type();
    const ValueTypeRow& row = value_types[static_cast<std::size_t>(type)];
    if (row.bytes == 0) return take_list_of_lengths(type, depth);
    const std::uint64_t count = take_length(row.bytes, "a list");
    if (kept == nullptr || row.is_fraction || count > longest_list || count > most_kept - kept_) {
      cursor_.skip(count * row.bytes);
      return;
    }
    kept_ += count;
    for (std::uint64_t element = 0; element < count; ++element) {
      const std::optional<std::uint64_t> number = take_scalar(type);
      // A negative number: what the list means is not known, and half of it would mean something else.
      kept->push_back(number.value_or(std::numeric_limits<std::uint64_t>::max()));
    }
  }

  void take_list_of_lengths(ValueType type, std::uint32_t depth) {
    const std::uint64_t count = take_length(type == ValueType::text ? 8 : 12, "a list");
    if (count > most_list_texts - list_texts_) fail(fmt::format("lists of over {} texts", grouped(most_list_texts)));
    list_texts_ += count;
    for (std::uint64_t element = 0; element < count; ++element) {
      if (type == ValueType::list)
        take_list(depth + 1, nullptr);
      else
        cursor_.skip(take_length(1, "a text"));
    }
  }

  void read_alignment() {
    const GgufValue* const stated = keys_.find("general.alignment");
    if (stated == nullptr) return;
    const std::uint64_t value = stated->number.value_or(0);
    if (value == 0 || (value & (value - 1)) != 0 || value > 1U << 30U)
      throw Malformed{"GGUF: general.alignment is no power of two"};
    alignment_ = value;
  }

  void read_tensor(std::uint64_t number) {
    where_ = fmt::format("tensor {}", number);
    const std::string name = take_name("a name");
    where_ = "tensor " + shown(name);
    const std::uint64_t rank = take_number(4);
    if (rank > most_dimensions) fail(fmt::format("{} dimensions, where GGUF allows {}", rank, most_dimensions));
    std::vector<std::uint64_t> shape;
    for (std::uint64_t dimension = 0; dimension < rank; ++dimension) shape.push_back(take_number(8));
    const auto type_number = static_cast<std::uint32_t>(take_number(4));
    const std::uint64_t begin = take_number(8);
    const std::optional<std::uint64_t> elements = element_count(shape);
    if (!elements) fail(fmt::format("the product of the shape {} is over 64 bits", shape_text(shape)));
    for (const std::uint64_t dimension : shape)
      if (dimension >= largest_gguf_dimension) fail(fmt::format("a dimension of {}, over 2^40", grouped(dimension)));
    if (begin % alignment_ != 0) fail(fmt::format("offset {} is no multiple of {}", grouped(begin), alignment_));
    const std::size_t row = gguf_type(type_number);
    const std::uint64_t bytes = byte_count(gguf_types()[row], shape, *elements);
    if (row + 1 == gguf_types().size()) {
      if (unknown_.count++ == 0) unknown_ = {name, type_number, 1, false};
      unknown_.has_others = unknown_.has_others || unknown_.type != type_number;
    }
    if (!tensors_.add({name, static_cast<std::uint16_t>(row), shape, *elements, begin, bytes}))
      fail("more tensors than greenml reads");
  }

  std::uint64_t byte_count(const GgufType& type, const std::vector<std::uint64_t>& shape,
                           std::uint64_t elements) const {
    const std::uint64_t row = shape.empty() ? 1 : shape.front();
    if (row % type.block != 0)
      fail(fmt::format("a row of {} is no whole number of blocks of {}, which {} has", counted(row, "element"),
                       type.block, type.name));
    const std::optional<std::uint64_t> bytes = checked_product(elements / type.block, type.bytes);
    if (!bytes) fail(fmt::format("the size of the shape {} is over 64 bits", shape_text(shape)));
    return *bytes;
  }

  std::optional<std::uint64_t> aligned(std::uint64_t offset) const {
    const std::optional<std::uint64_t> up = checked_sum(offset, alignment_ - 1);
    if (!up) return std::nullopt;
    return *up / alignment_ * alignment_;
  }

  /// The bytes of the tensors must follow each other, each from the next multiple of the alignment, up to the file's
  /// end.
  void check_data(std::size_t first) {
    const std::uint64_t data = aligned(cursor_.offset()).value_or(file_.size());
    const std::uint64_t there = file_.size() - std::min(data, file_.size());
    const std::size_t unknown_row = gguf_types().size() - 1;
    std::optional<std::uint64_t> end = 0;  // nothing after a tensor of unknown type
    std::uint64_t least = 0;               // where the next tensor may begin at the earliest
    std::optional<std::uint32_t> before;
    for (const std::uint32_t index : tensors_.by_offset(first)) {
      const Tensor tensor = tensors_[index];
      if (tensor.begin < least)
        throw Malformed{fmt::format("GGUF: tensors {} and {} overlap at byte {} of the data",
                                    shown(tensors_[*before].name), shown(tensor.name), grouped(tensor.begin))};
      if (end && tensor.begin != *end)
        throw Malformed{
            fmt::format("GGUF: bytes {} to {} of the data belong to no tensor", grouped(*end), grouped(tensor.begin))};
      if (!end && before) tensors_.set_bytes(*before, tensor.begin - tensors_[*before].begin);
      const std::optional<std::uint64_t> last = checked_sum(tensor.begin, tensor.bytes);
      if (!last) throw Malformed{fmt::format("GGUF: tensor {} ends after 2^64 bytes", shown(tensor.name))};
      if (*last > there || tensor.begin > there) return fail_short(first, there);
      least = *last;
      end = tensor.type == unknown_row ? std::nullopt : aligned(*last);
      before = index;
    }
    if (!end) return tensors_.set_bytes(*before, there - tensors_[*before].begin);
    if (there > *end)
      throw Malformed{
          fmt::format("GGUF: the file goes on for {} after the last tensor", counted(there - *end, "byte"))};
  }

  [[noreturn]] void fail_short(std::size_t first, std::uint64_t there) const {
    std::uint64_t end = 0;
    for (std::size_t index = first; index < tensors_.size(); ++index)
      end = std::max(end, checked_sum(tensors_[index].begin, tensors_[index].bytes).value_or(~std::uint64_t{0}));
    throw Malformed{fmt::format("GGUF: {} of {} of tensor data are there", grouped(there), counted(end, "byte")),
                    "download the file again"};
  }

  const File& file_;
  Cursor cursor_;
  TensorList& tensors_;
  GgufKeys& keys_;
  UnknownGgufType& unknown_;
  std::string where_;
  std::uint64_t alignment_ = 32;
  std::uint64_t name_bytes_ = 0;
  std::uint64_t kept_ = 0;
  std::uint64_t list_texts_ = 0;
};

}  // namespace

const GgufValue* GgufKeys::find(const std::string& key) const {
  const auto found = values.find(key);
  return found == values.end() ? nullptr : &found->second;
}

std::optional<std::uint64_t> GgufKeys::number(const std::string& key) const {
  const GgufValue* const value = find(key);
  return value == nullptr ? std::nullopt : value->number;
}

std::string GgufKeys::text(const std::string& key) const {
  const GgufValue* const value = find(key);
  return value == nullptr ? std::string() : value->text.value_or("");
}

std::optional<Complaint> read_gguf(const File& file, TensorList& tensors, GgufKeys& keys, UnknownGgufType& unknown) {
  try {
    GgufHeaderReader(file, tensors, keys, unknown).read();
    return std::nullopt;
  } catch (const Malformed& malformed) {
    return file.complaint(malformed.what, malformed.hint);
  }
}

}  // namespace greenml::model_file
