#include "server/command/output_file.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace relief::command {

Result<void> check_output(const std::string& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return bad_request("cannot be written: it is a folder; name a file in it");
    const auto folder = std::filesystem::path(path).parent_path();
    if (folder.empty() || std::filesystem::is_directory(folder, ignored)) return {};
    const bool there = std::filesystem::exists(folder, ignored);
    return bad_request("cannot be written: " + folder.string() +
                       (there ? " is no folder" : ", its folder, does not exist; make it first"));
}

Result<void> write_output(const std::string& path, const Bytes& bytes) {
    if (auto good = check_output(path); !good) return good;
    errno = 0;
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (file) return {};
    const int reason = errno;
    return bad_request("cannot be written" +
                       (reason == 0 ? "" : ": " + std::generic_category().message(reason)));
}

}  // namespace relief::command
