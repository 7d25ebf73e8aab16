#include "tiler/workspace/mosaic_form.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace relief::workspace {
namespace {

bool is_wide(ValueType type) noexcept {
    return type == ValueType::u32 || type == ValueType::i32 || type == ValueType::f64;
}
bool is_float(ValueType type) noexcept {
    return type == ValueType::f32 || type == ValueType::f64;
}
bool is_signed(ValueType type) noexcept {
    return type == ValueType::i16 || type == ValueType::i32;
}

ValueType joined_integers(ValueType a, ValueType b) noexcept {
    if (is_wide(a) || is_wide(b)) {
        const bool one_sided =
            (a == ValueType::u32 && is_signed(b)) || (b == ValueType::u32 && is_signed(a));
        if (one_sided) return ValueType::f64;
        return a == ValueType::u32 || b == ValueType::u32 ? ValueType::u32 : ValueType::i32;
    }
    if (is_signed(a) || is_signed(b)) {
        const bool beyond = a == ValueType::u16 || b == ValueType::u16;
        return beyond ? ValueType::i32 : ValueType::i16;
    }
    return ValueType::u16;
}

/// The smallest type that holds every value of both.
ValueType joined(ValueType a, ValueType b) noexcept {
    if (a == b) return a;
    if (is_float(a) || is_float(b))
        return is_wide(a) || is_wide(b) ? ValueType::f64 : ValueType::f32;
    return joined_integers(a, b);
}

bool scales_alike(const BandDescription& a, const BandDescription& b) noexcept {
    return a.scale == b.scale && a.offset == b.offset;
}

/// A covered fraction as a converted mask holds it: 0 to 65534.
constexpr double mask_scale = 1.0 / 65534;

void join(BandDescription& band, const BandDescription& other, RasterKind kind) {
    const bool alike = scales_alike(band, other);
    band.type = joined(band.type, other.type);
    if (band.nodata != other.nodata) band.nodata.reset();
    if (alike) return;
    band.offset = 0;
    if (kind == RasterKind::mask) {
        // A scene without a single "yes" is stored as it is, among others that hold fractions.
        band.scale = mask_scale;
        band.type = ValueType::u16;
        return;
    }
    band.scale = 1;
    band.type = is_wide(band.type) ? ValueType::f64 : ValueType::f32;
}

/// A form joined to what the others have in common so far.
Result<void> join(MosaicForm& common, const RasterDescription& form) {
    RasterDescription& raster = common.raster;
    if (form.kind != raster.kind)
        return Error{Fault::conflict,
                     "its values are of the kind " + std::string(to_text(form.kind)) +
                         ", the mosaic's are " + std::string(to_text(raster.kind)) +
                         "; --kind says what they are"};
    if (form.palette != raster.palette)
        return Error{Fault::conflict, "its colour table is another one than the mosaic's"};
    const std::size_t both = std::min(raster.bands.size(), form.bands.size());
    for (std::size_t i = 0; i < both; ++i) join(raster.bands[i], form.bands[i], raster.kind);
    for (std::size_t i = both; i < form.bands.size(); ++i) raster.bands.push_back(form.bands[i]);
    return {};
}

int usual_bands(const std::vector<Scene>& scenes) {
    std::map<std::size_t, std::size_t> scenes_with;
    for (const Scene& scene : scenes) ++scenes_with[scene.form->bands.size()];
    const auto most =
        std::max_element(scenes_with.begin(), scenes_with.end(), [](const auto& a, const auto& b) {
            return std::pair(a.second, a.first) < std::pair(b.second, b.first);
        });
    return static_cast<int>(most->first);
}

}  // namespace

Result<MosaicForm> mosaic_form(const std::vector<Scene>& scenes) {
    const RasterDescription& first = *scenes.front().form;
    MosaicForm common{first, usual_bands(scenes)};
    const RasterDescription* last = &first;
    for (const Scene& scene : scenes) {
        if (scene.form.get() == last) continue;
        last = scene.form.get();
        if (auto done = join(common, *last); !done) return done.error();
    }
    return common;
}

}  // namespace relief::workspace
