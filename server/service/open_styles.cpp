#include "server/service/open_styles.hpp"

#include <algorithm>
#include <utility>

namespace relief::service {

Result<std::unique_ptr<OpenStyle>> OpenStyles::lend(const VisiblePointer& style, double ratio) {
    // Sprites come in two densities; all else is the same at any.
    const std::string key =
        style->style->id + '|' + style->version + (ratio > 1 ? "|dense" : "|plain");
    {
        const std::lock_guard lock(mutex_);
        const auto found = std::find_if(
            idle_.begin(), idle_.end(), [&](const auto& open) { return open->key == key; });
        if (found != idle_.end()) {
            auto open = std::move(*found);
            idle_.erase(found);
            return open;
        }
    }
    auto open = std::make_unique<OpenStyle>();
    open->key = key;
    open->style = style;
    open->house = std::make_unique<ServedHouse>(
        room_, [seen = style.get()](const std::string& id) -> Result<ServedHouse::LayerPointer> {
            const auto layer = seen->layers.find(id);
            if (layer == seen->layers.end()) return not_found("there is no layer \"" + id + "\"");
            return layer->second;
        });
    auto atlas = atlas::Atlas::open(*style->document, ratio, {open->house.get(), false, fonts_});
    if (!atlas) return atlas.error();
    open->atlas = std::move(*atlas);
    return open;
}

void OpenStyles::give_back(std::unique_ptr<OpenStyle> open) {
    open->atlas->forget_tiles();
    const std::lock_guard lock(mutex_);
    idle_.push_front(std::move(open));
    if (idle_.size() > most_) idle_.pop_back();
}

}  // namespace relief::service
