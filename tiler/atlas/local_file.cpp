#include "tiler/atlas/local_file.hpp"

#include <filesystem>
#include <fstream>

namespace relief::atlas {

Result<Bytes> read_file(const std::string& path, std::size_t most) {
    std::error_code failed;
    const auto status = std::filesystem::status(path, failed);
    if (!std::filesystem::exists(status)) return not_found("there is no such file", path);
    // A pipe would keep the reader waiting for ever.
    if (!std::filesystem::is_regular_file(status))
        return source_broken("this is no plain file", path);
    const auto size = std::filesystem::file_size(path, failed);
    if (failed) return source_broken("the file cannot be read", path);
    if (size > most)
        return Error{Fault::too_large,
                     "the file has " + std::to_string(size) + " bytes; at most " +
                         std::to_string(most) + " are read",
                     path};
    Bytes bytes(static_cast<std::size_t>(size));
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!file) return source_broken("the file cannot be read", path);
    return bytes;
}

}  // namespace relief::atlas
