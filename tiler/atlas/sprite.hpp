#pragma once
// The pictures of a style, by name.

#include "tiler/atlas/plain_source.hpp"
#include "tiler/stylesheet/style_document.hpp"
#include "tiler/symbology/style_supply.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace relief::atlas {

class Sprites final : public symbology::StyleImages {
public:
    /// Reads each sprite of the style, of twice the pixels (`@2x`) when the view's ratio is above 1
    /// and there is one. A sprite that cannot be read, and an entry that lies outside of its image,
    /// is a warning.
    void read(const stylesheet::StyleDocument& style,
              double ratio,
              const Access& access,
              Warnings& warnings);

    const symbology::StyleImage* find(std::string_view name) const override;

private:
    /// `density` is what the address ends in: nothing or "@2x".
    Result<void> add(const stylesheet::Sprite& sprite,
                     std::string_view density,
                     const Access& access,
                     Warnings& warnings);

    std::map<std::string, symbology::StyleImage, std::less<>> images_;
};

}  // namespace relief::atlas
