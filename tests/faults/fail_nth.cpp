/// \file
/// A library that is loaded before all others (LD_PRELOAD) and makes the n-th call of one kind fail, from the beginning
/// of main on: what a full disk, an interrupted system call or exhausted memory would do at a place of our choice.
///
///     FAULT_CALL    allocation, read, write, fsync, fchmod, close, rename or mkstemp; writes to standard error do not
///                   count, since nothing can be said about a failure to say something
///     FAULT_AT      the call that fails, from 1; 0 for none
///     FAULT_HOW     once, lasting (this call and all after it), interrupted (EINTR), short (only one byte is taken)
///     FAULT_REPORT  a file that gets the number of calls there were

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <string_view>
#include <sys/syscall.h>
#include <unistd.h>

extern "C" {
// The allocator itself, under the names by which it is not replaced.
void* __libc_malloc(std::size_t size);                           // NOLINT
void* __libc_calloc(std::size_t count, std::size_t size);        // NOLINT
void* __libc_realloc(void* block, std::size_t size);             // NOLINT
void* __libc_memalign(std::size_t alignment, std::size_t size);  // NOLINT
}

namespace {

enum class Call { allocation, read, write, fsync, fchmod, close, rename, mkstemp };

struct CallRow {
  std::string_view name;
  int error;  // that it fails with
};

constexpr auto calls = std::to_array<CallRow>({{"allocation", ENOMEM},
                                               {"read", EIO},
                                               {"write", ENOSPC},
                                               {"fsync", EIO},
                                               {"fchmod", EPERM},
                                               {"close", EIO},
                                               {"rename", EXDEV},
                                               {"mkstemp", EACCES}});

enum class Fate { goes_well, fails, is_short };

/// What is to fail. Nothing here may allocate.
struct Plan {
  bool active = false;  // between the beginning and the end of main
  Call call = Call::allocation;
  std::string_view how;
  long at = 0;
  long count = 0;
};

Plan plan;

std::string_view setting(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

Fate fate_of(Call call) {
  if (!plan.active || call != plan.call) return Fate::goes_well;
  ++plan.count;
  const bool hit = plan.at > 0 && (plan.how == "lasting" ? plan.count >= plan.at : plan.count == plan.at);
  if (!hit) return Fate::goes_well;
  if (plan.how == "short") return Fate::is_short;
  errno = plan.how == "interrupted" ? EINTR : calls[static_cast<std::size_t>(call)].error;
  return Fate::fails;
}

bool fails(Call call) { return fate_of(call) == Fate::fails; }

void read_plan() {
  for (std::size_t index = 0; index < calls.size(); ++index)
    if (calls[index].name == setting("FAULT_CALL")) plan.call = static_cast<Call>(index);
  plan.how = setting("FAULT_HOW");
  plan.at = std::atol(setting("FAULT_AT").data());
}

void report() {
  std::array<char, 32> text{};
  const int length = std::snprintf(text.data(), text.size(), "%ld\n", plan.count);
  const long file = syscall(SYS_openat, AT_FDCWD, setting("FAULT_REPORT").data(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  syscall(SYS_write, file, text.data(), length);
  syscall(SYS_close, file);
}

using Main = int (*)(int, char**, char**);
Main real_main = nullptr;

int main_with_faults(int argument_count, char** arguments, char** environment) {
  read_plan();
  plan.active = true;
  const int result = real_main(argument_count, arguments, environment);
  plan.active = false;
  report();
  return result;
}

}  // namespace

extern "C" {

int __libc_start_main(Main main, int argument_count, char** arguments, void (*init)(), void (*fini)(),  // NOLINT
                      void (*loader_fini)(), void* stack_end) {
  real_main = main;
  using Start = int (*)(Main, int, char**, void (*)(), void (*)(), void (*)(), void*);
  const auto start = reinterpret_cast<Start>(dlsym(RTLD_NEXT, "__libc_start_main"));
  return start(main_with_faults, argument_count, arguments, init, fini, loader_fini, stack_end);
}

void* malloc(std::size_t size) noexcept { return fails(Call::allocation) ? nullptr : __libc_malloc(size); }

void* calloc(std::size_t count, std::size_t size) noexcept {
  return fails(Call::allocation) ? nullptr : __libc_calloc(count, size);
}

void* realloc(void* block, std::size_t size) noexcept {
  return fails(Call::allocation) ? nullptr : __libc_realloc(block, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return fails(Call::allocation) ? nullptr : __libc_memalign(alignment, size);
}

int posix_memalign(void** block, std::size_t alignment, std::size_t size) noexcept {
  if (fails(Call::allocation)) return ENOMEM;
  *block = __libc_memalign(alignment, size);
  return *block == nullptr ? ENOMEM : 0;
}

ssize_t read(int file, void* buffer, std::size_t size) {
  const Fate fate = fate_of(Call::read);
  if (fate == Fate::fails) return -1;
  return syscall(SYS_read, file, buffer, fate == Fate::is_short && size > 0 ? 1 : size);
}

ssize_t write(int file, const void* buffer, std::size_t size) {
  const Fate fate = file == STDERR_FILENO ? Fate::goes_well : fate_of(Call::write);
  if (fate == Fate::fails) return -1;
  return syscall(SYS_write, file, buffer, fate == Fate::is_short && size > 0 ? 1 : size);
}

int fsync(int file) { return fails(Call::fsync) ? -1 : static_cast<int>(syscall(SYS_fsync, file)); }

int fchmod(int file, mode_t mode) noexcept {
  return fails(Call::fchmod) ? -1 : static_cast<int>(syscall(SYS_fchmod, file, mode));
}

int close(int file) {
  const bool failed = fails(Call::close);
  const int error = errno;
  const auto closed = static_cast<int>(syscall(SYS_close, file));
  if (!failed) return closed;
  errno = error;  // a close that fails has closed all the same
  return -1;
}

int rename(const char* from, const char* to) noexcept {
  return fails(Call::rename) ? -1 : static_cast<int>(syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int mkstemp(char* path) {
  static const auto real = reinterpret_cast<int (*)(char*)>(dlsym(RTLD_NEXT, "mkstemp"));
  return fails(Call::mkstemp) ? -1 : real(path);
}

}  // extern "C"
