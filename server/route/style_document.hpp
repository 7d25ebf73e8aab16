#pragma once
// Styles as browsers and other clients read them.

#include "server/service/feature_words.hpp"
#include "server/service/visible_style.hpp"

#include <string>
#include <vector>

namespace relief::route {

/// The MapLibre style, its addresses absolute: relief:// and those from the root are of this
/// server. Glyphs are this server's where the style names none. The words of the request go into
/// the addresses of layers: those that say of when things are into all, others into those of
/// features.
std::string browser_style(const service::VisibleStyle& style,
                          const std::string& base,
                          const service::FeatureWords& asked = {});

/// The list of all: id, title, version, address of tiles, thumbnail, links.
std::string styles_document(const std::vector<service::VisiblePointer>& styles,
                            const std::string& base);

}  // namespace relief::route
