#pragma once
// A layer as the verbs describe it: one document for all of them, and what is doubtful.

#include "server/command/replaced.hpp"
#include "server/command/stored_layer.hpp"
#include "tiler/source/variables.hpp"
#include "tiler/workspace/configuration.hpp"
#include "tiler/workspace/layer.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relief::command {

/// What of a file is meant: a variable, or a layer of features; all of it when neither is given.
struct FilePart {
    std::optional<source::Variable> variable{};
    std::string features{};
};

/// The layer that `relief serve FILE` would make of a file, or `relief add` of a part of it or of
/// an address. Errors: those of reading it.
Result<workspace::Layer> layer_of_file(const std::string& file,
                                       const FilePart& part,
                                       const workspace::Configuration& configuration);

/// Sentences for warnings; none when all seems right.
std::vector<std::string> doubts_about(const workspace::Layer& layer);

/// {"layers", "problems"} as GET /layers?problems=1 has them. The operator sees every layer: the
/// rules of audiences are for the network.
std::string layers_json(const Stored& stored);

/// The document of GET /layers/{id}, statistics, how the file is stored, and "warnings".
std::string inspected_json(const workspace::Layer& layer);

/// The document of GET /layers/{id}, "replaced" (null, or title, version, time and modified of
/// what it took the place of), and "warnings".
std::string added_json(const workspace::Layer& layer, const std::optional<Replaced>& replaced);

/// Prints "relief: SUBJECT: warning: what" on standard error.
void warn(const std::string& subject, const std::string& what);

}  // namespace relief::command
