/// \file
/// libxlsxwriter, which is loaded when a workbook is asked for and not before: a program that is copied to a machine
/// without it runs all the same.

#pragma once

#if __has_include(<xlsxwriter.h>)
#define GREENML_HAS_XLSX 1
#include <xlsxwriter.h>
#else
#define GREENML_HAS_XLSX 0
#endif

namespace greenml::render {

#if GREENML_HAS_XLSX
/// The functions of the library that are used.
struct XlsxLibrary {
  decltype(&::workbook_new) workbook_new = nullptr;
  decltype(&::workbook_add_worksheet) workbook_add_worksheet = nullptr;
  decltype(&::workbook_add_format) workbook_add_format = nullptr;
  decltype(&::workbook_set_properties) workbook_set_properties = nullptr;
  decltype(&::workbook_close) workbook_close = nullptr;
  decltype(&::worksheet_write_string) worksheet_write_string = nullptr;
  decltype(&::worksheet_write_number) worksheet_write_number = nullptr;
  decltype(&::worksheet_write_boolean) worksheet_write_boolean = nullptr;
  decltype(&::worksheet_write_blank) worksheet_write_blank = nullptr;
  decltype(&::worksheet_freeze_panes) worksheet_freeze_panes = nullptr;
  decltype(&::worksheet_autofilter) worksheet_autofilter = nullptr;
  decltype(&::worksheet_set_column) worksheet_set_column = nullptr;
  decltype(&::format_set_bold) format_set_bold = nullptr;
  decltype(&::format_set_bg_color) format_set_bg_color = nullptr;
};

/// The library; nullptr where it is not there.
const XlsxLibrary* xlsx_library();
#endif

}  // namespace greenml::render
