#pragma once
// Which sources of a style are layers of the house, and which addresses a server never reads.

#include "tiler/stylesheet/style_document.hpp"

#include <string>
#include <vector>

namespace relief::service {

/// A source and the layers that its address names, one unless it says "a,b".
struct HouseSource {
    std::string source;
    std::vector<std::string> layers;
};

/// Of relief://LAYER and /tiles/LAYER/…, in the order of the sources' names.
std::vector<HouseSource> house_sources(const stylesheet::StyleDocument& style);

/// What has an address of a file: `source "roads"`, "the sprite", "the glyphs"; empty: nothing has.
std::string reader_of_files(const stylesheet::StyleDocument& style);

}  // namespace relief::service
