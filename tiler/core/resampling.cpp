#include "tiler/core/resampling.hpp"

#include "tiler/core/enum_names.hpp"

namespace relief {
namespace {

constexpr EnumNames<5> method_names{"nearest", "bilinear", "cubic", "average", "mode"};
constexpr EnumNames<5> kind_names{"imagery", "continuous", "categorical", "mask", "elevation"};

}  // namespace

std::string_view to_text(Resampling method) noexcept {
    return name_of(method_names, method);
}

std::optional<Resampling> parse_resampling(std::string_view text) noexcept {
    return find_name<Resampling>(method_names, text);
}

std::string_view to_text(RasterKind kind) noexcept {
    return name_of(kind_names, kind);
}

std::optional<RasterKind> parse_raster_kind(std::string_view text) noexcept {
    return find_name<RasterKind>(kind_names, text);
}

}  // namespace relief
