/// \file
/// A thread that shares the work of reading, window after window. It is started once and kept: a new thread for each
/// window is often put onto the processor that is busy already, and then nothing is done at the same time.

#pragma once

#include <condition_variable>
#include <future>
#include <mutex>
#include <queue>
#include <system_error>
#include <thread>
#include <type_traits>
#include <utility>

namespace greenml::read {

/// What the other thread was asked for. It waits for it at its end, since the work looks at what is here.
template <typename Result>
class Pending {
 public:
  explicit Pending(std::future<Result> result) : result_(std::move(result)) {}
  Pending(const Pending&) = delete;
  Pending& operator=(const Pending&) = delete;
  ~Pending() {
    if (result_.valid()) result_.wait();
  }

  /// The result, or the exception that ended the work.
  Result get() { return result_.get(); }

 private:
  std::future<Result> result_;
};

class SecondThread {
 public:
  SecondThread() = default;
  SecondThread(const SecondThread&) = delete;
  SecondThread& operator=(const SecondThread&) = delete;
  ~SecondThread();

  /// Begins some work, or has it done after what was begun before. Where no thread can be had, whoever waits for the
  /// result does it.
  template <typename Work>
  Pending<std::invoke_result_t<Work>> begin(Work work) {
    using Result = std::invoke_result_t<Work>;
    if (!is_started()) return Pending<Result>(std::async(std::launch::deferred, std::move(work)));
    std::packaged_task<Result()> task(std::move(work));
    std::future<Result> result = task.get_future();
    hand_over(std::packaged_task<void()>([task = std::move(task)]() mutable { task(); }));
    return Pending<Result>(std::move(result));
  }

 private:
  /// Starts the thread where it is not there.
  bool is_started();
  void hand_over(std::packaged_task<void()> task);
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::queue<std::packaged_task<void()>> tasks_;
  bool ends_ = false;
  std::thread thread_;
};

}  // namespace greenml::read
