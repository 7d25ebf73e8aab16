#pragma once
// The id of a layer, as it stands in addresses.

#include "tiler/core/result.hpp"

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace relief {

/// Matches [a-z0-9][a-z0-9_-]{0,63} and is not a reserved word, for every instance.
class LayerName {
public:
    /// Errors: bad_request for other characters or lengths; conflict for the first segments of the
    ///         public addresses ("tiles", "layers", …), which a layer may not take.
    static Result<LayerName> make(std::string_view text);

    /// The name that a file suggests: its stem lower-cased, other characters "-", cut to 64. A stem
    /// of which no letter would be left gets its stand-in. Errors: conflict for reserved words.
    static Result<LayerName> from_file_stem(std::string_view stem);
    /// "layer-" and eight digits that are the same for the same stem: for names in other scripts.
    static LayerName stand_in(std::string_view stem);

    /// The one that is reserved for the layer of reports.
    static LayerName of_reports() { return LayerName("reports"); }

    const std::string& text() const noexcept { return text_; }
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes its comparison with 0 for one
    auto operator<=>(const LayerName&) const = default;

private:
    explicit LayerName(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace relief

template <>
struct std::hash<relief::LayerName> {
    std::size_t operator()(const relief::LayerName& name) const noexcept {
        return std::hash<std::string>{}(name.text());
    }
};
