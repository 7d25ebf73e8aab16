#pragma once
// A whole style: sources, layers and what belongs to all of them.

#include "tiler/stylesheet/layer.hpp"
#include "tiler/stylesheet/layer_reader.hpp"
#include "tiler/stylesheet/problem.hpp"
#include "tiler/stylesheet/source.hpp"

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relief::stylesheet {

/// Pictures of a style; those of all but the first are asked for as "id:name".
struct Sprite {
    std::string id{};  ///< "default" when the style names one address only
    std::string url{};
};

/// Immutable once read; shared by any number of threads.
/// Source: MapLibre Style Specification v8.
struct StyleDocument {
    std::string name{};
    std::optional<std::array<double, 2>> center{};  ///< longitude, latitude in degrees
    double zoom = 0;
    double bearing = 0;  ///< degrees clockwise from north
    double pitch = 0;    ///< degrees
    Sources sources{};
    std::vector<Layer> layers{};                           ///< the lowest first
    std::map<std::string, Property, std::less<>> light{};  ///< all of its properties
    std::string glyphs{};  ///< an address with {fontstack} and {range}; empty: none
    std::vector<Sprite> sprites{};
    std::shared_ptr<const Json> metadata{};  ///< null: there is none
    expression::PropertyKeys keys{};         ///< that the expressions ask for
    /// What `global-state` gives: an object of the state's defaults.
    expression::Value state{};
    std::shared_ptr<expression::Scratch> state_room{};  ///< where the state is kept
};

struct StyleLimits {
    std::size_t bytes = std::size_t{8} << 20U;
    std::size_t depth = 250;  ///< lists and objects within each other
    std::size_t layers = 2000;
    std::size_t sources = 500;
};

/// What came of reading a style.
struct ReadStyle {
    /// Null when the text is no style at all. With errors it is what is left without the parts that
    /// are wrong.
    std::shared_ptr<const StyleDocument> document{};
    std::vector<Problem> problems{};  ///< each with its line

    bool has_errors() const;
};

/// Errors: none beside the problems, which say where and how to mend it.
ReadStyle read_style(std::string_view text, const StyleLimits& limits = {});

}  // namespace relief::stylesheet
