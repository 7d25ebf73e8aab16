#pragma once
// How far an import has come: a file of the workspace by which it goes on where it was stopped.

#include "tiler/core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace relief::command {

struct ImportCounts {
    std::uint64_t read = 0;  ///< records of the input so far
    std::uint64_t stored = 0;
    std::uint64_t updated = 0;
    std::uint64_t unchanged = 0;
    std::uint64_t erased = 0;    ///< left out: they were erased here before
    std::uint64_t rejected = 0;  ///< named with their reasons
    std::uint64_t alerts = 0;    ///< kept
    bool operator==(const ImportCounts&) const = default;
};

class ImportBook {
public:
    /// Of this file, as long as it stays as it is, and these options.
    static Result<ImportBook> of(const std::filesystem::path& workspace,
                                 const std::filesystem::path& input,
                                 const std::string& options);

    /// Of an import that was stopped; all zero when there was none.
    ImportCounts counts() const;
    /// Replaces what was noted, in one step.
    Result<void> note(const ImportCounts& counts) const;
    /// The import is through.
    void close() const;

private:
    explicit ImportBook(std::filesystem::path file) : file_(std::move(file)) {}
    std::filesystem::path file_;
};

}  // namespace relief::command
