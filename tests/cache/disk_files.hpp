#pragma once
// A look into the folder of a disk cache from outside.

#include "server/cache/disk_cache.hpp"
#include "server/cache/disk_entry.hpp"
#include "server/cache/tile_key.hpp"
#include "tests/cache/tiles.hpp"

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace relief::cache {

inline void put(DiskCache& cache, std::size_t number, std::size_t bytes = 100) {
    cache.insert(key_of(number), tile_of(number, bytes));
}

inline std::filesystem::path file_of(const std::filesystem::path& folder, const TileKey& key) {
    const std::string name = entry_name(key).file();
    return folder / name.substr(0, 1) / name.substr(1, 1) / name;
}

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_file(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

struct FolderUse {
    std::size_t files = 0;
    std::size_t bytes = 0;  ///< in whole blocks
};

inline FolderUse use_of(const std::filesystem::path& folder) {
    FolderUse use;
    for (const auto& item : std::filesystem::recursive_directory_iterator(folder)) {
        // A cache that is counting again in its own thread may just delete it.
        std::error_code gone;
        if (!item.is_regular_file(gone)) continue;
        const std::uintmax_t size = item.file_size(gone);
        if (gone) continue;
        ++use.files;
        use.bytes += (size + 4095) / 4096 * 4096;
    }
    return use;
}

}  // namespace relief::cache
