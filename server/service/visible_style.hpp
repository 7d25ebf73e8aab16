#pragma once
// A style as one asker may see it.

#include "server/service/style_shelf.hpp"
#include "tiler/core/audience.hpp"
#include "tiler/workspace/catalogue.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace relief::service {

/// Frozen. Sources whose layers are hidden or absent, which look the same, are not in it, nor the
/// layers that draw from them.
struct VisibleStyle {
    StylePointer style;
    std::shared_ptr<const stylesheet::StyleDocument> document;
    std::string text;  ///< JSON
    /// The layers of the house that it draws from, by id.
    std::map<std::string, std::shared_ptr<const workspace::Layer>, std::less<>> layers;
    Sensitivity level = Sensitivity::low;  ///< of the most sensitive of them
    std::string version;                   ///< of the text and of what all the layers show
    Instant modified;                      ///< the latest of all
    bool live = false;  ///< one of the layers changes all the time: what is drawn is not for disks
};
using VisiblePointer = std::shared_ptr<const VisibleStyle>;

/// Errors: not_found for a style of which nothing would be left but its name: it draws from layers
///         of the house only, and the asker sees none of them. What came with the program names no
///         one's data and is always there.
Result<VisiblePointer> visible_style(const StylePointer& style,
                                     const workspace::Catalogue& catalogue,
                                     const Audience& audience);

/// "there is no style "roads"; …"
Error no_style(std::string_view id);

}  // namespace relief::service
