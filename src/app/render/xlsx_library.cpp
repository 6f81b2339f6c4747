#include "render/xlsx_library.hpp"

#include "sheet/sheet.hpp"

#if GREENML_HAS_XLSX
#include <dlfcn.h>
#endif

namespace greenml::render {

#if GREENML_HAS_XLSX

namespace {

#ifdef __APPLE__
constexpr const char* file_name = "libxlsxwriter." LXW_SOVERSION ".dylib";
#else
constexpr const char* file_name = "libxlsxwriter.so." LXW_SOVERSION;
#endif

template <typename Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

const XlsxLibrary* load() {
  void* const library = ::dlopen(file_name, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return nullptr;
  static XlsxLibrary found;
  const bool is_whole = find(library, "workbook_new", found.workbook_new) &&
                        find(library, "workbook_add_worksheet", found.workbook_add_worksheet) &&
                        find(library, "workbook_add_format", found.workbook_add_format) &&
                        find(library, "workbook_set_properties", found.workbook_set_properties) &&
                        find(library, "workbook_close", found.workbook_close) &&
                        find(library, "worksheet_write_string", found.worksheet_write_string) &&
                        find(library, "worksheet_write_number", found.worksheet_write_number) &&
                        find(library, "worksheet_write_boolean", found.worksheet_write_boolean) &&
                        find(library, "worksheet_write_blank", found.worksheet_write_blank) &&
                        find(library, "worksheet_freeze_panes", found.worksheet_freeze_panes) &&
                        find(library, "worksheet_autofilter", found.worksheet_autofilter) &&
                        find(library, "worksheet_set_column", found.worksheet_set_column) &&
                        find(library, "format_set_bold", found.format_set_bold) &&
                        find(library, "format_set_bg_color", found.format_set_bg_color);
  return is_whole ? &found : nullptr;
}

}  // namespace

const XlsxLibrary* xlsx_library() {
  static const XlsxLibrary* const library = load();
  return library;
}

std::string why_no_xlsx() {
  if (xlsx_library() != nullptr) return {};
  return std::string("writing .xlsx needs ") + file_name + ", which is not there (Debian's package libxlsxwriter" +
         LXW_SOVERSION + ")";
}

#else

std::string why_no_xlsx() {
  return "this greenml was built without libxlsxwriter (Debian's libxlsxwriter-dev), and writes no .xlsx";
}

#endif

}  // namespace greenml::render
