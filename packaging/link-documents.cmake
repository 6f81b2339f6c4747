# Runs at installation, on the pages in FOLDER: what they link to lies elsewhere there than in the tree, or is not installed.
file(GLOB pages ${FOLDER}/*.md)
foreach(page ${pages})
  file(READ ${page} text)
  string(REPLACE "](../data/" "](installed-data/" text "${text}")
  string(REGEX REPLACE "\\[([^]\n]*)\\]\\(\\.\\./[^)\n]*\\)" "\\1" text "${text}")
  string(REPLACE "](installed-data/" "](../../../greenml/" text "${text}")
  file(WRITE ${page} "${text}")
endforeach()
