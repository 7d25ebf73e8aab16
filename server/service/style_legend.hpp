#pragma once
// What the colours and pictures of a style mean, as far as the style says it.

#include "server/service/visible_style.hpp"
#include "tiler/core/boxes.hpp"
#include "tiler/style/legend.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace relief::service {

/// The pictures that styles may name. Units: style pixels.
using IconSizes = std::map<std::string, PixelSize, std::less<>>;

/// Of the list that lies beside a sprite of ratio 1. Shape: none of a text that is no such list.
IconSizes icon_sizes(std::string_view index);

/// A legend, and what remains to be drawn of it.
struct StyleLegend {
    style::Legend legend;
    /// Of each entry the layer of a style that draws it, without source; null where the entry's
    /// colour tells all.
    std::vector<stylesheet::Json> samples;
};

/// Shape: `symbols`, the uppermost layer first. Areas, lines, circles, icons, words and heat have
///        an entry for each of their colours or pictures: one alone, or those of legend_classes();
///        what cannot be told without a feature shows that of one without attributes. Grounds,
///        pictures and heights have none. A layer is called what its metadata say in
///        "relief:legend" (false: it has no entry), else by its id; its classes what the list
///        "relief:legend-classes" says (false likewise), else after their values.
StyleLegend legend_of_style(const VisibleStyle& style, std::string title, const IconSizes& icons);

}  // namespace relief::service
