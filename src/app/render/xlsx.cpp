// A workbook for spreadsheets: numbers as numbers, texts never as formulas, one worksheet for each group.
#include "render/xlsx_library.hpp"
#include "sheet/sheet.hpp"

#if GREENML_HAS_XLSX

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <set>
#include <sys/mman.h>
#include <unistd.h>

#include "greenml/quantity.hpp"
#include "greenml/result_key.hpp"
#include "render/text.hpp"

namespace greenml::render {

namespace {

/// What the format of the files allows.
constexpr std::size_t most_rows = 1'048'576;
constexpr std::size_t longest_text = 32'767;
constexpr std::size_t longest_name = 31;

/// A text in which nothing is an escape to who reads the file. "_x0041_" is "A" there, and LibreOffice reads "_x0_" of
/// shufflenet_v2_x0_5 as a control character; the underscore is written as its own escape (ECMA-376, ST_Xstring).
std::string without_escapes(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEFabcdef";
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    const std::size_t end = rest.starts_with("_x") ? rest.find_first_not_of(digits, 2) : std::string_view::npos;
    const bool is_escape = end != std::string_view::npos && end > 2 && rest[end] == '_';
    if (is_escape)
      out += "_x005F_";
    else
      out += text[at];
  }
  return out;
}

/// A file that is removed at the end. The library writes to files alone; this one has no name where the system can do
/// without, so that nothing stays behind however the run ends.
class TemporaryFile {
 public:
  TemporaryFile() {
#ifdef __linux__
    const int nameless = ::memfd_create("workbook", MFD_CLOEXEC);
    path_ = fmt::format("/proc/self/fd/{}", nameless);
    if (nameless >= 0 && ::access(path_.c_str(), W_OK) == 0) {
      descriptor_ = nameless;
      return;
    }
    if (nameless >= 0) ::close(nameless);
#endif
    const char* folder = std::getenv("TMPDIR");
    path_ = std::string(folder != nullptr && *folder != '\0' ? folder : "/tmp") + "/greenml-XXXXXX";
    descriptor_ = ::mkstemp(path_.data());
    has_name_ = descriptor_ >= 0;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (has_name_) ::unlink(path_.c_str());
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  bool is_there() const { return descriptor_ >= 0; }
  const std::string& path() const { return path_; }

  /// Hands on all bytes; false where they cannot be read.
  bool copy_to(Writer& out) const {
    std::FILE* const file = std::fopen(path_.c_str(), "rb");
    if (file == nullptr) return false;
    std::array<char, 65536> buffer{};
    while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), file))
      out << std::string_view(buffer.data(), got);
    const bool is_good = std::ferror(file) == 0;
    std::fclose(file);
    return is_good;
  }

 private:
  std::string path_;
  int descriptor_ = -1;
  bool has_name_ = false;
};

/// A column with the unit that all of its numbers are in.
struct WorkbookColumn {
  const Column* column;
  const Unit* unit;  ///< nullptr for texts and plain numbers
  std::string head;  ///< "FLOPs (GFLOP)"
  std::size_t width;
};

class Workbook {
 public:
  Workbook(const XlsxLibrary& library, const Sheet& sheet, const std::string& path) : library_(library), sheet_(sheet) {
    book_ = library_.workbook_new(path.c_str());
    if (book_ == nullptr) return;
    lxw_doc_properties properties{};
    // The same result is the same bytes, whenever it is written.
    properties.created = 315'532'800;  // 1980-01-01
    library_.workbook_set_properties(book_, &properties);
    head_ = library_.workbook_add_format(book_);
    library_.format_set_bold(head_);
    for (auto& [mark, color, format] : marks_) {
      format = library_.workbook_add_format(book_);
      library_.format_set_bg_color(format, color);
    }
    choose_columns();
  }

  /// Writes all; false where something could not be written.
  bool write() {
    if (book_ == nullptr) return false;
    for (const Section& section : sheet_.sections) write_section(section);
    if (sheet_.sections.empty()) write_rows("empty", {});
    return library_.workbook_close(book_) == LXW_NO_ERROR && is_good_;
  }

 private:
  struct MarkFormat {
    Mark mark;
    lxw_color_t color;
    lxw_format* format = nullptr;
  };

  void choose_columns() {
    for (const Column* column : columns_for_programs(sheet_)) {
      std::vector<double> numbers;
      bool is_empty = true;
      std::size_t width = 0;
      for (const Section& section : sheet_.sections)
        for (const std::size_t row : section.rows) {
          const Cell cell = column->at(row);
          is_empty = is_empty && std::holds_alternative<std::monostate>(cell);
          if (const double* number = std::get_if<double>(&cell); number != nullptr && column->dimension)
            numbers.push_back(*number);
          else
            width = std::max(width, plain_text(cell).size());
        }
      if (is_empty) continue;
      const Unit* unit = numbers.empty() ? nullptr : &unit_for_people(numbers, *column->dimension);
      std::string head = column->title;
      if (unit != nullptr && !unit->symbol.empty()) head += fmt::format(" ({})", unit->symbol);
      columns_.push_back(
          {column, unit, visible(head), std::clamp<std::size_t>(std::max(width, head.size() + 3), 9, 60)});
    }
  }

  /// A text of at most so many bytes, cut between characters.
  static std::string cut(std::string text, std::size_t most) {
    std::size_t end = std::min(text.size(), most);
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
    text.resize(end);
    return text;
  }

  /// For spreadsheets, names that differ in capital letters alone are the same.
  static std::string in_small_letters(std::string name) {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char one) { return one >= 'A' && one <= 'Z' ? static_cast<char>(one + 0x20) : one; });
    return name;
  }

  /// A name that a worksheet may have, and that no other has.
  std::string worksheet_name(std::string_view title) {
    std::string name;
    for (const char character : visible(title.substr(0, title.find(':'))))
      name += std::string_view("[]:*?/\\'").find(character) == std::string_view::npos ? character : '-';
    name = cut(std::move(name), longest_name);
    if (name.find_first_not_of(' ') == std::string::npos || in_small_letters(name) == "history") name = "models";
    std::string other = name;
    for (int number = 2; !names_.insert(in_small_letters(other)).second; ++number) {
      const std::string suffix = fmt::format(" {}", number);
      other = cut(name, longest_name - suffix.size()) + suffix;
    }
    return other;
  }

  void write_section(const Section& section) {
    for (std::size_t begin = 0; begin == 0 || begin < section.rows.size(); begin += most_rows - 1) {
      const auto from = section.rows.begin() + static_cast<std::ptrdiff_t>(begin);
      const std::size_t count = std::min(section.rows.size() - begin, most_rows - 1);
      write_rows(worksheet_name(section.title), {from, from + static_cast<std::ptrdiff_t>(count)});
    }
  }

  void write_rows(const std::string& name, const std::vector<std::size_t>& rows) {
    lxw_worksheet* const worksheet = library_.workbook_add_worksheet(book_, name.c_str());
    if (worksheet == nullptr) {
      is_good_ = false;
      return;
    }
    for (std::size_t index = 0; index < columns_.size(); ++index) {
      const auto place = static_cast<lxw_col_t>(index);
      text(worksheet, 0, place, columns_[index].head, head_);
      library_.worksheet_set_column(worksheet, place, place, static_cast<double>(columns_[index].width), nullptr);
    }
    for (std::size_t row = 0; row < rows.size(); ++row) {
      lxw_format* const format = format_of(rows[row]);
      for (std::size_t index = 0; index < columns_.size(); ++index)
        cell(worksheet, static_cast<lxw_row_t>(row + 1), static_cast<lxw_col_t>(index), columns_[index], rows[row],
             format);
    }
    library_.worksheet_freeze_panes(worksheet, 1, 1);
    if (!columns_.empty())
      library_.worksheet_autofilter(worksheet, 0, 0, static_cast<lxw_row_t>(rows.size()),
                                    static_cast<lxw_col_t>(columns_.size() - 1));
  }

  void cell(lxw_worksheet* worksheet, lxw_row_t row, lxw_col_t place, const WorkbookColumn& column, std::size_t index,
            lxw_format* format) {
    const Cell content = column.column->at(index);
    const auto number = [&](double value) {
      check(std::isfinite(value) ? library_.worksheet_write_number(worksheet, row, place, value, format)
                                 : library_.worksheet_write_blank(worksheet, row, place, format));
    };
    if (const double* real = std::get_if<double>(&content))
      number(column.unit == nullptr ? *real : in_unit(*real, *column.unit));
    else if (const std::int64_t* whole = std::get_if<std::int64_t>(&content))
      number(static_cast<double>(*whole));
    else if (const Digits* digits = std::get_if<Digits>(&content))
      number(parse_number(digits->text) ? *parse_number(digits->text) : std::nan(""));
    else if (const bool* truth = std::get_if<bool>(&content))
      check(library_.worksheet_write_boolean(worksheet, row, place, *truth ? 1 : 0, format));
    else if (std::holds_alternative<std::monostate>(content))
      check(format == nullptr ? LXW_NO_ERROR : library_.worksheet_write_blank(worksheet, row, place, format));
    else
      text(worksheet, row, place, plain_text(content), format);
  }

  void text(lxw_worksheet* worksheet, lxw_row_t row, lxw_col_t place, const std::string& content, lxw_format* format) {
    const std::string shown = cut(without_escapes(visible(content)), longest_text);
    check(library_.worksheet_write_string(worksheet, row, place, shown.c_str(), format));
  }

  void check(lxw_error error) { is_good_ = is_good_ && error == LXW_NO_ERROR; }

  /// Rows that are marked, and those that no other beats, are coloured.
  lxw_format* format_of(std::size_t row) {
    Mark mark = sheet_.mark(row);
    for (const WorkbookColumn& column : columns_) {
      if (mark != Mark::none || column.column->key != result::pareto) continue;
      if (plain_text(column.column->at(row)) == "yes") mark = Mark::good;
    }
    const auto found =
        std::find_if(marks_.begin(), marks_.end(), [mark](const MarkFormat& one) { return one.mark == mark; });
    return found == marks_.end() ? nullptr : found->format;
  }

  const XlsxLibrary& library_;
  const Sheet& sheet_;
  lxw_workbook* book_ = nullptr;
  lxw_format* head_ = nullptr;
  std::array<MarkFormat, 3> marks_{{{Mark::good, 0xE2F0D9}, {Mark::bad, 0xF8D7DA}, {Mark::unknown, 0xFFF2CC}}};
  std::vector<WorkbookColumn> columns_;
  std::set<std::string> names_;
  bool is_good_ = true;
};

}  // namespace

void render_xlsx(const Sheet& sheet, const Style& /*style*/, Writer& out) {
  const TemporaryFile file;
  const XlsxLibrary* const library = xlsx_library();
  if (library == nullptr || !file.is_there() || !Workbook(*library, sheet, file.path()).write() || !file.copy_to(out))
    out.fail("the workbook could not be made; it is made in TMPDIR first");
}

}  // namespace greenml::render

#else

namespace greenml::render {

void render_xlsx(const Sheet& /*sheet*/, const Style& /*style*/, Writer& out) { out.fail(why_no_xlsx()); }

}  // namespace greenml::render

#endif
