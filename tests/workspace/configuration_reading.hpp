#pragma once
// Configuration texts as tests read them.

#include "tiler/workspace/configuration.hpp"

#include <string>

namespace relief::workspace {

inline Result<Configuration> read_text(const std::string& file_text) {
    return read_configuration({file_text, "relief.yaml", {}, {}});
}

/// What read_configuration() says against a relief.yaml; empty when it takes it.
inline std::string complaint(const std::string& file_text) {
    const auto read = read_text(file_text);
    return read ? "" : read.error().what;
}

}  // namespace relief::workspace
