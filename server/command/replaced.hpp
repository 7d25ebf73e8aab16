#pragma once
// What `relief add` calls a layer, and what it takes the place of.

#include "tiler/ingest/add.hpp"
#include "tiler/workspace/layer.hpp"

#include <optional>
#include <string>

namespace relief::command {

/// What was shown under the id, and at the time, before something took its place.
struct Replaced {
    workspace::Layer layer;              ///< as it was
    workspace::Observation observation;  ///< of it, that is gone
};

/// Fills in what the order leaves open: the id by the file's name, and for a layer that is not
/// there yet the same name as its title, in the letters it is written with. Gives the observation
/// that the new one will take the place of.
std::optional<Replaced> settle_name(ingest::AddOrder& order);

/// ", in place of "Flood" as it was added at 2024-05-01T10:00:00Z"; empty when nothing is replaced.
std::string replaced_words(const std::optional<Replaced>& replaced,
                           const workspace::Observation& by);

}  // namespace relief::command
