#include "server/service/catalogue_news.hpp"

#include "server/service/layer_version.hpp"
#include "tiler/geo/mercator.hpp"
#include "tiler/workspace/layer_extent.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace relief::service {
namespace {

using NewsJson = nlohmann::ordered_json;
using workspace::Catalogue;
using workspace::Layer;
using LayerPointer = std::shared_ptr<const Layer>;
using Document = Happening::Document;

/// Deeper ranges would tell where a change lies more closely than a map needs.
constexpr std::uint32_t deepest_told = 10;
/// A folder that is mounted: its layers are read faster in one list.
constexpr std::size_t most_told = 100;

Document document(const NewsJson& json) {
    return std::make_shared<const std::string>(
        json.dump(-1, ' ', false, NewsJson::error_handler_t::replace));
}

/// West and east of boxes that do not cross the antimeridian.
std::vector<std::pair<double, double>> spans_of(const LonLatBox& box) {
    if (box.west <= box.east) return {{box.west, box.east}};
    return {{box.west, 180}, {-180, box.east}};
}

NewsJson tile_ranges(const LonLatBox& box) {
    NewsJson ranges = NewsJson::array();
    for (std::uint32_t zoom = 0; zoom <= deepest_told; ++zoom) {
        for (const auto& [west, east] : spans_of(box)) {
            // The 180th meridian itself belongs to the column east of it, which is the first.
            const auto first = geo::tile_at({west, box.north}, zoom);
            const auto last_column =
                east >= 180 ? (1U << zoom) - 1 : geo::tile_at({east, box.south}, zoom).column();
            ranges.push_back({{"z", zoom},
                              {"x", {first.column(), last_column}},
                              {"y", {first.row(), geo::tile_at({east, box.south}, zoom).row()}}});
        }
    }
    return ranges;
}

/// A layer in two catalogues; null where it is in only one of them.
struct Pair {
    LayerPointer before, after;
    const Layer& any() const { return after ? *after : *before; }
};

enum class Change { none, added, changed, removed };

/// To whom a layer changed how: levels decide who could see it, and who can.
class Sight {
public:
    explicit Sight(const Pair& pair) : name_(pair.any().name.text()) {
        if (pair.before) before_ = pair.before->sensitivity;
        if (pair.after) after_ = pair.after->sensitivity;
    }
    Change change_for(const Audience& audience) const {
        const bool could = before_ && audience.may_see(name_, *before_);
        const bool can = after_ && audience.may_see(name_, *after_);
        if (could && can) return Change::changed;
        if (can) return Change::added;
        return could ? Change::removed : Change::none;
    }

private:
    std::string name_;
    std::optional<Sensitivity> before_;
    std::optional<Sensitivity> after_;
};

Happening layer_news(const Pair& pair) {
    const auto of = [&](const char* change, bool there) {
        NewsJson json{{"layer", pair.any().name.text()}, {"change", change}};
        if (there) json["version"] = layer_version(*pair.after);
        return document(json);
    };
    const bool there = pair.after != nullptr;
    Document added = there ? of("added", true) : nullptr;
    Document changed = there ? of("changed", true) : nullptr;
    Document removed = of("removed", false);
    return {Happening::Kind::layer, [=, sight = Sight(pair)](const Audience& audience) -> Document {
                switch (sight.change_for(audience)) {
                    case Change::none: return nullptr;
                    case Change::added: return added;
                    case Change::changed: return changed;
                    case Change::removed: return removed;
                }
                return nullptr;
            }};
}

Document tiles_document(const Layer& layer, const LonLatBox& box) {
    return document({{"layer", layer.name.text()},
                     {"version", layer_version(layer)},
                     {"bounds", {box.west, box.south, box.east, box.north}},
                     {"tiles", tile_ranges(box)}});
}

/// Tiles of what is covered; for those who saw it before, of what was covered too. Nothing where
/// the layer is gone.
std::optional<Happening> tile_news(const Pair& pair) {
    if (!pair.after) return std::nullopt;
    const LonLatBox now = workspace::bounds_of(*pair.after);
    Document added = tiles_document(*pair.after, now);
    Document changed;
    if (pair.before && layer_version(*pair.before) != layer_version(*pair.after))
        changed =
            tiles_document(*pair.after, workspace::joined(workspace::bounds_of(*pair.before), now));
    return Happening{Happening::Kind::tiles,
                     [added, changed, sight = Sight(pair)](const Audience& audience) -> Document {
                         const Change change = sight.change_for(audience);
                         if (change == Change::added) return added;
                         return change == Change::changed ? changed : nullptr;
                     }};
}

/// Both lists are sorted by name.
std::vector<Pair> changed_pairs(const Catalogue& before, const Catalogue& after) {
    const Audience everything = Audience::of(Role::admin);
    std::vector<Pair> pairs;
    for (const LayerPointer& layer : before.layers(everything))
        pairs.push_back({layer, after.find(layer->name.text(), everything)});
    for (const LayerPointer& layer : after.layers(everything))
        if (!before.find(layer->name.text(), everything)) pairs.push_back({nullptr, layer});
    std::erase_if(pairs, [](const Pair& pair) {
        return pair.before && pair.after &&
               workspace::version_of(*pair.before) == workspace::version_of(*pair.after);
    });
    return pairs;
}

/// For those who would have heard at least one of them.
Happening reset_for(std::vector<Happening> news) {
    const Document nothing = std::make_shared<const std::string>("{}");
    return {Happening::Kind::reset,
            [nothing, news = std::move(news)](const Audience& audience) -> Document {
                const bool any = std::any_of(news.begin(), news.end(), [&](const Happening& one) {
                    return one.document_for(audience) != nullptr;
                });
                return any ? nothing : nullptr;
            }};
}

}  // namespace

std::vector<Happening> news_of(const Catalogue& before, const Catalogue& after) {
    std::vector<Happening> news;
    for (const Pair& pair : changed_pairs(before, after)) {
        news.push_back(layer_news(pair));
        if (auto tiles = tile_news(pair)) news.push_back(std::move(*tiles));
    }
    if (news.size() > most_told) return {reset_for(std::move(news))};
    return news;
}

}  // namespace relief::service
