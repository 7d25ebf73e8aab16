#pragma once
// Styles with their sources opened, kept from one picture to the next.

#include "server/service/served_house.hpp"
#include "server/service/visible_style.hpp"
#include "tiler/atlas/atlas.hpp"

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>

namespace relief::service {

/// A style that one thread draws.
struct OpenStyle {
    std::string key;
    VisiblePointer style;
    std::unique_ptr<ServedHouse> house;
    std::unique_ptr<atlas::Atlas> atlas;  ///< looks into all of the above
};

/// For any thread. Opening reads sprites and GeoJSON and sorts it; of what was opened the longest
/// unused is closed first. Keyed by content version: a changed style is another style.
class OpenStyles {
public:
    /// At most `most` are kept while nobody draws them.
    OpenStyles(const DrawingRoom& room, const text::Fonts* fonts, std::size_t most)
        : room_(room), fonts_(fonts), most_(most) {}

    /// Errors: those of Atlas::open().
    Result<std::unique_ptr<OpenStyle>> lend(const VisiblePointer& style, double ratio);
    void give_back(std::unique_ptr<OpenStyle> open);

private:
    DrawingRoom room_;
    const text::Fonts* fonts_;
    std::size_t most_;
    std::mutex mutex_;
    std::list<std::unique_ptr<OpenStyle>> idle_;  ///< used last first
};

}  // namespace relief::service
