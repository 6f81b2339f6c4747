/// \file
/// What a fuzzer holds greenml to, beyond not crashing: a statement that does not hold ends the run as a crash does.

#pragma once

#include <cstdio>
#include <cstdlib>

/// Unlike assert it is there in every build.
#define GREENML_EXPECT(statement)                                                  \
  do {                                                                             \
    if (!(statement)) {                                                            \
      std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #statement); \
      std::abort();                                                                \
    }                                                                              \
  } while (false)
