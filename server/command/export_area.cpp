#include "server/command/export_area.hpp"

namespace relief::command {
namespace {

/// "1234567" as "1 234 567".
std::string grouped(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t i = text.size(); i > 3;) text.insert(i -= 3, " ");
    return text;
}

}  // namespace

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): in the order of the command line
Result<ExportPlace> export_place(const std::string& box_words,
                                 const std::string& zoom_words,
                                 const workspace::Observation& observation) {
    const LonLatBox& bounds = observation.bounds();
    const workspace::ZoomRange deep = observation.zooms();
    ExportPlace place{bounds, {deep.least, deep.most}, {}};
    if (!box_words.empty()) {
        const auto box = archive::parse_box(box_words);
        if (!box) return box.error();
        place.box = *box;
    }
    if (!zoom_words.empty()) {
        const auto zooms = archive::parse_zooms(zoom_words);
        if (!zooms) return zooms.error();
        place.zooms = *zooms;
    }
    const auto extent = archive::common_extent(place.box, bounds);
    if (!extent)
        return not_found("there is no data in bbox " + box_words + "; the layer covers " +
                         archive::in_words(bounds));
    place.extent = *extent;
    return place;
}

Result<void> check_area(const archive::TileArea& area,
                        archive::ZoomRange zooms,
                        std::uint64_t most) {
    if (area.size() <= most) return {};
    std::string fits;
    for (std::uint32_t zoom = zooms.lowest; zoom < zooms.highest; ++zoom) {
        if (area.size_to(zoom) > most) break;
        fits = "end --zoom at " + std::to_string(zoom) + " (" + grouped(area.size_to(zoom)) +
               " tiles), ";
    }
    return Error{Fault::too_large,
                 "zooms " + std::to_string(zooms.lowest) + "-" + std::to_string(zooms.highest) +
                     " of this area are " + grouped(area.size()) + " tiles, more than the " +
                     grouped(most) + " of limits.export_tiles; " + fits +
                     "make --bbox smaller, or raise --limits.export_tiles"};
}

}  // namespace relief::command
