# Compiler and linker flags that make what is wrong in a program end it, not open it. For whatever links
# greenml_hardening; nothing under sanitizers and fuzzers, which have checks of their own that some of these disturb.
include(CheckCXXCompilerFlag)
include(CheckCXXSourceCompiles)

option(GREENML_HARDENING "Build with the hardening flags that the compiler has" ON)
add_library(greenml_hardening INTERFACE)

# Adds a flag to compilers that take it without a word.
function(add_hardening flag)
  string(MAKE_C_IDENTIFIER "GREENML_HAS${flag}" known)
  check_cxx_compiler_flag("-Werror ${flag}" ${known})
  if(${known})
    target_compile_options(greenml_hardening INTERFACE ${flag})
  endif()
endfunction()

function(add_link_hardening flag)
  string(MAKE_C_IDENTIFIER "GREENML_LINKS${flag}" known)
  set(CMAKE_REQUIRED_LINK_OPTIONS ${flag})
  check_cxx_source_compiles("int main() { return 0; }" ${known})
  if(${known})
    # Only a program is position-independent by its link; a shared library is by its nature.
    set(wanted ${flag})
    if(flag STREQUAL "-pie")
      set(wanted $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-pie>)
    endif()
    target_link_options(greenml_hardening INTERFACE ${wanted})
  endif()
endfunction()

if(GREENML_HARDENING AND NOT GREENML_SANITIZE AND NOT GREENML_FUZZ)
  foreach(flag -fstack-protector-strong -fstack-clash-protection)
    add_hardening(${flag})
  endforeach()
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|i.86")
    add_hardening(-fcf-protection)
  endif()
  target_compile_definitions(greenml_hardening INTERFACE _GLIBCXX_ASSERTIONS)
  # Fortified functions need an optimized build. Level 3 is GCC 12's and glibc 2.34's; where a distribution sets a level
  # of its own, it is taken back first.
  set(CMAKE_REQUIRED_FLAGS "-Werror -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3")
  check_cxx_source_compiles("#include <cstring>\nint main() { return 0; }" GREENML_FORTIFIES_3)
  unset(CMAKE_REQUIRED_FLAGS)
  set(level 2)
  if(GREENML_FORTIFIES_3)
    set(level 3)
  endif()
  target_compile_options(greenml_hardening INTERFACE
    $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE> $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=${level}>)
  foreach(flag -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
    add_link_hardening(${flag})
  endforeach()
endif()
