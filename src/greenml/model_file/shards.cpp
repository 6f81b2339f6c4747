#include "model_file/shards.hpp"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <memory>

#include "model_file/message.hpp"

namespace greenml::model_file {

namespace {

/// Where a path leads, without links; empty where that cannot be found out.
std::string real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.empty() ? "." : path.c_str(), nullptr),
                                                         &std::free);
  return real ? std::string(real.get()) : std::string();
}

bool are_digits(const std::string& text) {
  return !text.empty() && text.size() <= 9 && text.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

std::string ShardName::name_of(std::size_t other) const {
  const auto width = number_width.size();
  return fmt::format("{}-{:0{}}-of-{:0{}}{}", stem, other, width, count, width, suffix);
}

std::optional<ShardName> shard_name(const std::string& file_name) {
  ShardName shard;
  const std::size_t of = file_name.rfind("-of-");
  if (of == std::string::npos) return std::nullopt;
  const std::size_t dash = of == 0 ? std::string::npos : file_name.rfind('-', of - 1);
  if (dash == std::string::npos) return std::nullopt;
  shard.stem = file_name.substr(0, dash);
  shard.number_width = file_name.substr(dash + 1, of - dash - 1);
  const std::size_t end = std::min(file_name.find_first_not_of("0123456789", of + 4), file_name.size());
  const std::string count = file_name.substr(of + 4, end - of - 4);
  shard.suffix = file_name.substr(end);
  if (!are_digits(shard.number_width) || !are_digits(count) || count.size() != shard.number_width.size())
    return std::nullopt;
  shard.index = std::stoul(shard.number_width);
  shard.count = std::stoul(count);
  if (shard.index == 0 || shard.index > shard.count || shard.count < 2) return std::nullopt;
  return shard;
}

Parsed<File> open_beside(const std::string& folder, const std::string& name) {
  const std::string path = folder + name;
  if (name.empty() || name.find('/') != std::string::npos || name == "." || name == ".." ||
      name.find('\0') != std::string::npos)
    return Complaint{fmt::format("{}{}: a file outside of the model's folder is not looked at", folder, shown(name))};
  const std::string real = real_path(path);
  if (!real.empty()) {
    const std::string at = folder_of(real);
    if (at != real_path(folder) + "/" && at != real_path(folder + "../../blobs") + "/")
      return Complaint{path + ": this is a link out of the model's folder, which is not followed"};
  }
  return File::open(path);
}

Parsed<std::vector<File>> open_shards(const std::string& folder, const ShardName& name) {
  if (name.count > most_shards)
    return Complaint{fmt::format("{}{}: {} shards; greenml reads {}", folder, name.name_of(name.index),
                                 grouped(name.count), grouped(most_shards))};
  std::vector<File> files;
  for (std::size_t index = 1; index <= name.count; ++index) {
    Parsed<File> file = open_beside(folder, name.name_of(index));
    if (!file)
      return Complaint{fmt::format("{}, shard {} of {}", file.complaint().message, index, name.count),
                       "download all shards of the model"};
    files.push_back(*std::move(file));
  }
  return files;
}

std::string without_suffix(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

std::string folder_name(const std::string& path) {
  const std::string real = real_path(folder_of(path));
  return real.substr(real.rfind('/') + 1);
}

}  // namespace greenml::model_file
